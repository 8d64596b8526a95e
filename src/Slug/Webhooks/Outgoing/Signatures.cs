using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Webhooks.Outgoing;

/// <summary>Signs deliveries in two ways at once: as Heroku does, and as Standard Webhooks 1.0 has it.</summary>
internal static class Signatures
{
    public const string HerokuHeader = "Heroku-Webhook-Hmac-SHA256";
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>A secret for who names none, in the form that libraries of Standard Webhooks take.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>False for what says that it is a key in base64 and is none.</summary>
    public static bool IsSecret(string secret) => TryReadKey(secret, out _);

    /// <summary>The headers of one attempt.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(string secret, Guid delivery, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        TryReadKey(secret, out var key);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{delivery}.{timestamp}."), .. body];
        return
        [
            new(HerokuHeader, Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))),
            new(IdHeader, $"{delivery}"),
            new(TimestampHeader, timestamp),
            new(SignatureHeader, $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key!, signed))}"),
        ];
    }

    // A secret without the prefix is a key as it stands; Heroku's header takes every secret as it stands.
    private static bool TryReadKey(string secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            key = Encoding.UTF8.GetBytes(secret);
            return true;
        }

        var buffer = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], buffer, out var length) || length == 0)
            return false;
        key = buffer[..length];
        return true;
    }
}
