using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Slug.Hosting;

/// <summary>
/// Addresses that open one thing to whoever has them, with one method, until they expire: for programs that are handed an address
/// and no token. What is signed is all of it that stands before the signature: HMAC-SHA256 under a key in a file of its own.
/// </summary>
internal sealed class SignedLinks(DataDirectory data, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const int Steps = 24;
    private const string Expiry = "expires=";
    private const string Signature = "&signature=";

    private readonly Lazy<byte[]> key = new(() => Read(data.LinkKey));

    /// <summary>At start: makes the key where there is none, and tries the one that is there.</summary>
    /// <exception cref="InvalidDataDirectoryException">The file holds no such key.</exception>
    public void Ensure()
    {
        if (!File.Exists(data.LinkKey))
            SecretFile.Create(data.LinkKey, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        _ = key.Value;
    }

    /// <summary>An address of this service, as the one who asks reaches it.</summary>
    /// <param name="http">What it is told in answer to.</param>
    /// <param name="method">GET or PUT.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="lifetime">For how long at least.</param>
    public string To(HttpContext http, string method, string target, TimeSpan lifetime)
    {
        // Rounded up, so that an answer asked for again soon is the same, and has the same tag.
        var step = Math.Max(1, (long)lifetime.TotalSeconds / Steps);
        var expiry = ((time.GetUtcNow() + lifetime).ToUnixTimeSeconds() + step - 1) / step * step;
        var signed = string.Create(CultureInfo.InvariantCulture, $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Expiry}{expiry}");
        return $"{PublicAddress.Of(http)}{signed}{Signature}{Sign(method, signed)}";
    }

    /// <summary>Whether the request came by an address that was made here for its method, in time.</summary>
    public bool Opens(HttpContext http) => Opens(http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    /// <summary>The same of a method and a target.</summary>
    public bool Opens(string method, string target)
    {
        var end = target.LastIndexOf(Signature, StringComparison.Ordinal);
        var expiry = end < 0 ? -1 : target.LastIndexOf(Expiry, end, StringComparison.Ordinal);
        return expiry > 0
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(target[(end + Signature.Length)..]), Encoding.UTF8.GetBytes(Sign(method, target[..end])))
            && long.TryParse(target.AsSpan(expiry + Expiry.Length, end - expiry - Expiry.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && time.GetUtcNow().ToUnixTimeSeconds() < until;
    }

    // In hex: some clients look for words in an address.
    private string Sign(string method, string target) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{method} {target}")));

    private static byte[] Read(string path)
    {
        try
        {
            return Convert.FromHexString(File.ReadAllText(path).Trim()) is { Length: KeyBytes } read ? read : throw new FormatException("it is of another length");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidDataDirectoryException(
                $"SLUG6150: the key '{path}' of signed addresses cannot be read: {cause.Message}; expected {KeyBytes * 2} hex digits; put the file back from a backup, or remove it and another one is made", cause);
        }
    }
}
