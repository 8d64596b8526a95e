using System.Security.Cryptography;
using System.Text;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>A signature in hex digits, compared in a time that tells nothing.</summary>
internal static class HexSignature
{
    public static bool IsOf(byte[] mac, string? offered, string prefix) =>
        offered is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(prefix + Convert.ToHexStringLower(mac)), Encoding.UTF8.GetBytes(offered));
}
