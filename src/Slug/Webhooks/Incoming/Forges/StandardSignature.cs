using System.Globalization;
using System.Security.Cryptography;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>Standard Webhooks 1.0: id and time are signed with the body; of several signatures, as while a secret is exchanged, one has to be good.</summary>
internal static class StandardSignature
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string Signature = "webhook-signature";

    private const string Version = "v1,";
    private const int MostSignatures = 16;

    private static readonly TimeSpan window = TimeSpan.FromMinutes(5);

    public static bool IsGood(HookRequest request, ExpectedSignatures expected, DateTimeOffset now)
    {
        if (request.Header(Id) is null || request.Header(Timestamp) is not { } timestamp || request.Header(Signature) is not { } signatures)
            return false;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > window.TotalSeconds)
            return false;
        return signatures.Split(' ').Take(MostSignatures).Any(signature => IsOf(expected.Standard, signature));
    }

    private static bool IsOf(byte[] mac, string signature)
    {
        var bytes = new byte[signature.Length];
        return signature.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[Version.Length..], bytes, out var length)
            && CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(0, length));
    }
}
