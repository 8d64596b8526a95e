using System.Security.Cryptography;
using System.Text;
using Slug.Hosting;

namespace Slug.Apps;

/// <summary>Seals config vars, and the secrets of webhooks, at rest: AES-256-GCM under a key that lies in a file of its own. What is sealed as one variable opens as no other.</summary>
internal sealed class ConfigKey(DataDirectory data)
{
    private const int KeyBytes = 32;

    private static readonly int nonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int tagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly Lazy<byte[]> key = new(() => Read(data.ConfigKey));

    public bool Exists => File.Exists(data.ConfigKey);

    /// <summary>On the first start: a new key, where only the operator reads it.</summary>
    public void Make() => SecretFile.Create(data.ConfigKey, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));

    /// <summary>Nonce, tag and sealed bytes, in base64.</summary>
    public string Seal(Guid app, string name, string value)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var bytes = new byte[nonceBytes + tagBytes + plain.Length];
        var (nonce, tag, cipher) = Parts(bytes);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key.Value, tagBytes);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, Owner(app, name));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Says of two values of a variable whether they are the same, and nothing else: a digest under a key that is derived from this one.</summary>
    public string DigestOf(Guid app, string name, string value)
    {
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Value, KeyBytes, info: "slug-record-1"u8.ToArray());
        return $"hmac-sha256:{Convert.ToHexStringLower(HMACSHA256.HashData(derived, Owner(app, $"{name}\0{value}")))}";
    }

    /// <exception cref="InvalidDataDirectoryException">It was sealed with another key, or changed since.</exception>
    public string Open(Guid app, string name, string text)
    {
        try
        {
            var (nonce, tag, cipher) = Parts(Convert.FromBase64String(text));
            var plain = new byte[cipher.Length];
            using var aes = new AesGcm(key.Value, tagBytes);
            aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, Owner(app, name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception cause) when (cause is CryptographicException or FormatException or ArgumentException)
        {
            throw new InvalidDataDirectoryException(
                $"SLUG4301: the key '{data.ConfigKey}' does not open the config var '{name}'; expected the key that it was sealed with; put the key's file back from a backup", cause);
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(Memory<byte> bytes) =>
        (bytes[..nonceBytes], bytes[nonceBytes..(nonceBytes + tagBytes)], bytes[(nonceBytes + tagBytes)..]);

    private static byte[] Owner(Guid app, string name) => Encoding.UTF8.GetBytes($"{app:D}/{name}");

    private static byte[] Read(string path)
    {
        try
        {
            return Convert.FromHexString(File.ReadAllText(path).Trim()) is { Length: KeyBytes } key
                ? key
                : throw new FormatException("it is of another length");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidDataDirectoryException(
                $"SLUG4300: the key '{path}' of the config vars cannot be read: {cause.Message}; expected {KeyBytes * 2} hex digits; put the file back from a backup", cause);
        }
    }
}
