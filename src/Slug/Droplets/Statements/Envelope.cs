using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Droplets.Statements;

/// <summary>A statement and who signed it (DSSE 1.0). Payload and signatures stand in base64.</summary>
internal sealed record Envelope(byte[] Payload, string PayloadType, IReadOnlyList<EnvelopeSignature> Signatures)
{
    public const string Statements = "application/vnd.in-toto+json";

    public static Envelope Sign(Statement statement, SigningKey key)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(statement, StatementJson.Plain.Statement);
        return new(payload, Statements, [new(key.Id, key.Sign(ToBeSigned(Statements, payload)))]);
    }

    /// <exception cref="InvalidDataException">It is no envelope of a statement.</exception>
    public static Envelope Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StatementJson.Plain.Envelope) is { PayloadType: Statements, Payload: not null, Signatures: not null } envelope
                ? envelope
                : throw new InvalidDataException($"expected an object with a payload of the type {Statements} and its signatures");
        }
        catch (JsonException cause)
        {
            throw new InvalidDataException($"expected JSON: {cause.Message}", cause);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StatementJson.Plain.Envelope);

    /// <summary>Whether one of its signatures is by this key: payload and type are what they were.</summary>
    public bool IsSignedBy(ECDsa key) => Signatures.Any(signature =>
        signature is { Sig: not null } && key.VerifyData(ToBeSigned(PayloadType, Payload), signature.Sig, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>What is signed. Only what a key has signed is worth reading.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Statement Statement()
    {
        try
        {
            return JsonSerializer.Deserialize(Payload, StatementJson.Plain.Statement) ?? throw new InvalidDataException("expected a statement, not null");
        }
        catch (JsonException cause)
        {
            throw new InvalidDataException($"expected a statement: {cause.Message}", cause);
        }
    }

    // The pre-authentication encoding of DSSE: no other type and payload give the same bytes.
    private static byte[] ToBeSigned(string type, byte[] payload) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ")), .. payload];
}

/// <summary>A signature: ECDSA over P-256 with SHA-256, in DER. The key's id is the sha256 of its public half, in hex.</summary>
internal sealed record EnvelopeSignature([property: JsonPropertyName("keyid")] string KeyId, byte[] Sig);
