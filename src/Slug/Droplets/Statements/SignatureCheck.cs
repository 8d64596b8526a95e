using System.Security.Cryptography;
using Slug.Content;

namespace Slug.Droplets.Statements;

/// <summary>Whether a signed statement is to be believed. It takes the key and the envelope, and no service.</summary>
internal static class SignatureCheck
{
    /// <summary>What is wrong with it; null where nothing is: the key signed it as it is, and it is about this droplet.</summary>
    public static string? MistakeIn(Envelope envelope, ECDsa key, Digest droplet)
    {
        if (!envelope.IsSignedBy(key))
            return envelope.Signatures.Any(signature => signature?.KeyId == SigningKey.IdOf(key))
                ? $"SLUG4156: the statement is not what the key '{SigningKey.IdOf(key)}' signed: it, its type or its signature was altered; have it made again by the service, and find out who altered it"
                : $"SLUG4155: the statement is signed by the key '{string.Join("', '", envelope.Signatures.Select(signature => signature?.KeyId))}'; expected '{SigningKey.IdOf(key)}'; take the key of the service that made the droplet: slug droplets key";
        var statement = envelope.Statement();
        return statement.Names(droplet)
            ? null
            : $"SLUG4157: the statement is about '{string.Join("', '", statement.Subject.Select(subject => subject.Digest?.GetValueOrDefault("sha256")))}'; expected droplet '{droplet}'; take the statement of that droplet: slug droplets provenance {droplet}";
    }
}
