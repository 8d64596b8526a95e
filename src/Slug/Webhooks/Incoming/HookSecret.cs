using System.Security.Cryptography;
using System.Text;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Webhooks.Incoming;

/// <summary>What the two ends of a hook know and nobody else does. Written out, it says nothing.</summary>
internal sealed class HookSecret
{
    public const string Rule = "16 to 200 characters of ASCII, base64 where they begin with 'whsec_'; or none, and one is made";

    // Standard Webhooks: what follows is the key itself, in base64.
    private const string Prefix = "whsec_";

    private readonly string text;
    private readonly byte[] standardKey;

    private HookSecret(string text, byte[] standardKey) => (this.text, this.standardKey) = (text, standardKey);

    public static HookSecret Create()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return new(Prefix + Convert.ToBase64String(key), key);
    }

    /// <summary>Null where the text is none.</summary>
    public static HookSecret? Read(string text)
    {
        if (text.Length is < 16 or > 200 || !text.All(letter => letter is >= ' ' and < '\x7f'))
            return null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return new(text, Encoding.UTF8.GetBytes(text));
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) ? new(text, key[..length]) : null;
    }

    /// <summary>The secret itself: to be sealed, and for the one time it is shown.</summary>
    public string Reveal() => text;

    /// <summary>What a sender who knows the secret would have signed with: both ways at once, so that whoever asks waits equally long.</summary>
    public ExpectedSignatures Expect(HookRequest request)
    {
        using var standard = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, standardKey);
        standard.AppendData(Encoding.UTF8.GetBytes($"{request.Header(StandardSignature.Id)}.{request.Header(StandardSignature.Timestamp)}."));
        standard.AppendData(request.Body);
        return new(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), request.Body), standard.GetHashAndReset());
    }

    /// <summary>Whether somebody sent the secret itself, in a time that tells nothing of it.</summary>
    public bool Is(string offered) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(offered)), SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public override string ToString() => "…";
}

/// <summary>HMAC-SHA256 under a hook's secret.</summary>
/// <param name="OfBody">Of the body alone, under the text as it is typed in at a forge.</param>
/// <param name="Standard">Of id, time and body, as Standard Webhooks has it.</param>
internal sealed record ExpectedSignatures(byte[] OfBody, byte[] Standard);
