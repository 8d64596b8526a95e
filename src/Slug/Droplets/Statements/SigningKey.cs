using System.Security.Cryptography;
using System.Text;
using Slug.Content;
using Slug.Hosting;

namespace Slug.Droplets.Statements;

/// <summary>The key that signs what this installation says of its droplets: ECDSA over P-256, in a file that nobody else reads.</summary>
internal sealed class SigningKey(DataDirectory data) : IDisposable
{
    private readonly Lazy<ECDsa> key = new(() => Read(data.SigningKey));

    /// <summary>The sha256 of the public half (SubjectPublicKeyInfo, DER), in hex.</summary>
    public string Id => IdOf(key.Value);

    public string PublicPem => key.Value.ExportSubjectPublicKeyInfoPem() + "\n";

    public static string IdOf(ECDsa key) => Digest.Of(key.ExportSubjectPublicKeyInfo()).Hex;

    /// <summary>At start: makes the key where there is none, and tries the one that is there.</summary>
    /// <exception cref="InvalidDataDirectoryException">The file holds no such key.</exception>
    public void Ensure()
    {
        if (!File.Exists(data.SigningKey))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            SecretFile.Create(data.SigningKey, Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n"));
        }

        _ = key.Value;
    }

    public byte[] Sign(byte[] message) => key.Value.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private static ECDsa Read(string path)
    {
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(File.ReadAllText(path));
            return read.KeySize == 256 && read.ExportParameters(includePrivateParameters: true).D is not null ? read : throw new CryptographicException("it is of another kind");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new InvalidDataDirectoryException(
                $"SLUG4154: the signing key '{path}' cannot be read: {cause.Message}; expected a private key of the curve P-256 in PEM; put the file back from a backup, or remove it and another one is made", cause);
        }
    }
}
