using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Content;

/// <summary>
/// The sha256 of some bytes, written <c>sha256:</c> and 64 lower-case hex digits
/// (OCI image spec, descriptor.md, "Digests").
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest : IParsable<Digest>, IComparable<Digest>
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? hex;

    private Digest(string hex) => this.hex = hex;

    /// <summary>The 64 hex digits alone: a blob's file name.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which names nothing.</exception>
    public string Hex => hex ?? throw new InvalidOperationException("a default Digest names nothing");

    /// <summary>The digest that a finished 32-byte hash stands for.</summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes long.</exception>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new(Convert.ToHexStringLower(hash))
            : throw new ArgumentException($"a sha256 has 32 bytes, not {hash.Length}", nameof(hash));

    /// <summary>The digest of bytes at hand.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>The digest of a file, however large.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Digest OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return FromHash(SHA256.HashData(file));
    }

    /// <summary>Reads <c>sha256:…</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Digest Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var digest)
            ? digest
            : throw new FormatException($"'{s}' is not a digest; expected sha256: and 64 lower-case hex digits");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result)
    {
        var valid = s is not null
            && s.Length == Prefix.Length + HexLength
            && s.StartsWith(Prefix, StringComparison.Ordinal)
            && s.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        result = valid ? new(s![Prefix.Length..]) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(Digest other) => string.CompareOrdinal(hex, other.hex);

    /// <summary><c>sha256:</c> and the hex digits.</summary>
    public override string ToString() => Prefix + Hex;

    /// <summary>The first twelve hex digits, for people.</summary>
    public string ToShortString() => Hex[..12];

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}

/// <summary>A digest in JSON: its text.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    /// <inheritdoc/>
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), null, out var digest)
            ? digest
            : throw new JsonException("expected a digest: sha256: and 64 lower-case hex digits");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
