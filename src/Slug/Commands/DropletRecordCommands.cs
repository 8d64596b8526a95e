using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;

namespace Slug.Commands;

/// <summary><c>slug droplets show|sbom|provenance</c>: what went into a droplet, how it was made, what it is made of.</summary>
internal static class DropletRecordCommands
{
    private const string StandardOutput = "-";

    private static readonly JsonWriterOptions indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> droplet = DropletArgument();
    private static readonly Option<string> file = new("--output", "-o") { Description = "Where to write it; - is standard output", HelpName = "FILE", DefaultValueFactory = _ => StandardOutput };
    private static readonly Option<bool> statement = new("--statement") { Description = "What is signed alone, without its signature" };

    public static Argument<string> DropletArgument() =>
        new("DROPLET") { Description = "An app for the droplet of its current release, APP@v7 for another release's, or a droplet's digest or the first 12 of its digits" };

    public static Command Show()
    {
        var command = new DocumentedCommand(
            "show", "Show what went into a droplet and how it was made", "slug droplets show hello", "slug droplets show hello@v7", "slug droplets show 3f2a90c1d7e4 --json") { droplet, SharedOptions.Json };
        command.Runs(ShowAsync);
        return command;
    }

    public static Command Sbom()
    {
        var command = new DocumentedCommand(
            "sbom", "Write a droplet's bill of materials, CycloneDX in JSON", "slug droplets sbom hello", "slug droplets sbom hello -o hello.cdx.json") { droplet, file };
        command.Runs(async (parse, cancellationToken) => await WriteAsync(
            parse, Indented(Envelope.Read(await EnvelopeAsync(parse, ServiceRoute.Sbom, cancellationToken)).Statement().Predicate), cancellationToken));
        return command;
    }

    public static Command Provenance()
    {
        var command = new DocumentedCommand(
            "provenance", "Write how a droplet was made, signed: a DSSE envelope of a SLSA provenance",
            "slug droplets provenance hello", "slug droplets provenance hello --statement") { droplet, file, statement };
        command.Runs(ProvenanceAsync);
        return command;
    }

    private static async Task<int> ShowAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var details = await client.GetAsync(ServiceRoute.Droplet(parse.GetRequiredValue(droplet)), ApiJson.Default.DropletDetails, cancellationToken);
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(details.Record, RecordJson.Default.DropletRecord);
        else
            screen.Facts(RecordPage.Of(details));
        return ExitCode.Ok;
    }

    private static async Task<int> ProvenanceAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var envelope = await EnvelopeAsync(parse, ServiceRoute.Provenance, cancellationToken);
        if (!parse.GetValue(statement))
            return await WriteAsync(parse, [.. envelope, (byte)'\n'], cancellationToken);
        using var payload = JsonDocument.Parse(Envelope.Read(envelope).Payload);
        return await WriteAsync(parse, Indented(payload.RootElement), cancellationToken);
    }

    private static async Task<byte[]> EnvelopeAsync(ParseResult parse, Func<string, string> route, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        return await client.ReadAsync(route(parse.GetRequiredValue(droplet)), cancellationToken);
    }

    private static async Task<int> WriteAsync(ParseResult parse, byte[] content, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(file);
        using var stream = new MemoryStream(content);
        if (path == StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await stream.CopyToAsync(output, cancellationToken);
            return ExitCode.Ok;
        }

        var size = await WholeFile.WriteAsync(path, stream, cancellationToken);
        Screen.Of(parse).Line($"Wrote {path}, {Wording.Size(size)}.");
        return ExitCode.Ok;
    }

    private static byte[] Indented(JsonElement element)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, indented))
            element.WriteTo(writer);
        text.WriteByte((byte)'\n');
        return text.ToArray();
    }
}
