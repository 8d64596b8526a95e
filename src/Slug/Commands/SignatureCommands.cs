using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Content;
using Slug.Droplets.Statements;

namespace Slug.Commands;

/// <summary><c>slug droplets verify-signature|key</c>: whether what is said of a droplet was said by who holds the key.</summary>
internal static class SignatureCommands
{
    private static readonly Argument<string> droplet = DropletRecordCommands.DropletArgument();
    private static readonly Option<string?> key = new("--key") { Description = "The public key, in PEM, instead of the one that the service has now", HelpName = "FILE" };
    private static readonly Option<string?> envelope = new("--envelope") { Description = "A signed statement in a file, instead of those that the service has; of a whole digest, with --key, no service is asked", HelpName = "FILE" };
    private static readonly Option<string?> file = new("--output", "-o") { Description = "Where to write it; standard output where it is left out", HelpName = "FILE" };

    public static Command Verify()
    {
        var command = new DocumentedCommand(
            "verify-signature", "Check the signatures of a droplet's provenance and bill of materials, and that they are about it",
            "slug droplets verify-signature hello --key slug.pub", "slug droplets verify-signature sha256:… --key slug.pub --envelope provenance.json") { droplet, key, envelope };
        command.Runs(VerifyAsync);
        return command;
    }

    public static Command Key()
    {
        var command = new DocumentedCommand("key", "Write the public key that this installation's statements are verified with", "slug droplets key -o slug.pub") { file };
        command.Runs(WriteKeyAsync);
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var trusted = await KeyAsync(parse, cancellationToken);
        var name = parse.GetRequiredValue(droplet);
        var digest = await DigestAsync(parse, name, cancellationToken);
        foreach (var (what, bytes) in await EnvelopesAsync(parse, name, cancellationToken))
        {
            if (MistakeIn(what, bytes, trusted, digest) is { } mistake)
                throw CommandException.User(mistake);
            Screen.Of(parse).Line($"{what}: signed by key {SigningKey.IdOf(trusted)}, about {digest}");
        }

        return ExitCode.Ok;
    }

    private static string? MistakeIn(string what, byte[] bytes, ECDsa trusted, Digest digest)
    {
        try
        {
            return SignatureCheck.MistakeIn(Envelope.Read(bytes), trusted, digest);
        }
        catch (InvalidDataException mistake)
        {
            return $"SLUG4159: '{what}' is no signed statement: {mistake.Message}; write one with: slug droplets provenance DROPLET -o FILE";
        }
    }

    private static async Task<Digest> DigestAsync(ParseResult parse, string name, CancellationToken cancellationToken)
    {
        if (Digest.TryParse(name, null, out var digest))
            return digest;
        using var client = ServiceClient.Of(parse);
        return (await client.GetAsync(ServiceRoute.Droplet(name), ApiJson.Default.DropletDetails, cancellationToken)).Record.Droplet;
    }

    private static async Task<IReadOnlyList<(string What, byte[] Envelope)>> EnvelopesAsync(ParseResult parse, string name, CancellationToken cancellationToken)
    {
        if (parse.GetValue(envelope) is { } path)
            return [(path, await ReadAsync(path, cancellationToken))];
        using var client = ServiceClient.Of(parse);
        return
        [
            ("provenance", await client.ReadAsync(ServiceRoute.Provenance(name), cancellationToken)),
            ("sbom", await client.ReadAsync(ServiceRoute.Sbom(name), cancellationToken)),
        ];
    }

    private static async Task<ECDsa> KeyAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetValue(key);
        var pem = Encoding.UTF8.GetString(path is null ? await PublicKeyAsync(parse, cancellationToken) : await ReadAsync(path, cancellationToken));
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(pem);
            return read;
        }
        catch (Exception cause) when (cause is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw CommandException.User($"SLUG4158: '{path}' holds no public key ({cause.Message}); expected PEM, as it is written by: slug droplets key -o FILE");
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CommandException.User($"SLUG4158: '{path}' cannot be read: {cause.Message}; name a file that is there");
        }
    }

    private static async Task<byte[]> PublicKeyAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        return await client.ReadAsync(ServiceRoute.SigningKey, cancellationToken);
    }

    private static async Task<int> WriteKeyAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var pem = await PublicKeyAsync(parse, cancellationToken);
        if (parse.GetValue(file) is not { } path)
        {
            parse.InvocationConfiguration.Output.Write(Encoding.ASCII.GetString(pem));
            return ExitCode.Ok;
        }

        await WholeFile.WriteAsync(path, new MemoryStream(pem), cancellationToken);
        Screen.Of(parse).Line($"Wrote {path}.");
        return ExitCode.Ok;
    }
}
