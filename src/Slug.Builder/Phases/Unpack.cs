using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Slug.Builder.Logs;
using Slug.Builder.Processes;
using Slug.Builder.Protocol;
using Slug.Content.Sources;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>A slug that was made elsewhere becomes the app's folder, just as it is, and starts what was said with it: neither ignore files nor a Procfile in it count.</summary>
internal sealed class Unpack(BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    private const string Folder = "app";

    public async Task<PhaseResult<ProcessTypes>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var processes = await ReadAsync(cancellationToken);
            await log.DetailAsync($"Process types -> {processes}", cancellationToken);
            Launcher.Write(paths.App, processes);
            return processes;
        }
        catch (InvalidDataException mistake)
        {
            return BuildFailure.BadSource(mistake.Message);
        }
    }

    private async Task<ProcessTypes> ReadAsync(CancellationToken cancellationToken)
    {
        var processes = new ProcessTypes();
        await using var source = await calls.SourceAsync(cancellationToken);
        await using var tar = new TarReader(source);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry is { Name: SlugSource.Processes, DataStream: { } json })
                processes = await ProcessesAsync(json, cancellationToken);
            else if (entry is { Name: SlugSource.Archive, DataStream: { } archive })
                await ExtractAsync(archive, cancellationToken);
        }

        return processes;
    }

    private static async Task<ProcessTypes> ProcessesAsync(Stream json, CancellationToken cancellationToken)
    {
        var processes = new ProcessTypes();
        foreach (var (name, command) in await JsonSerializer.DeserializeAsync(json, WireJson.Default.IReadOnlyDictionaryStringString, cancellationToken) ?? new Dictionary<string, string>())
            processes.Add(name, command);
        return processes;
    }

    private async Task ExtractAsync(Stream archive, CancellationToken cancellationToken)
    {
        await using var tar = new GZipStream(archive, CompressionMode.Decompress);
        var count = await TarExtraction.ExtractAsync(tar, paths.App, Place, cancellationToken);
        await log.StepAsync($"Unpacked the slug: {count} entries", cancellationToken);
    }

    // What is beside ./app is no part of a slug; the launcher is the builder's own, also in a slug that was downloaded.
    private static string? Place(string path) => path switch
    {
        Folder => "",
        $"{Folder}/{Launcher.Folder}" => null,
        _ when path.StartsWith($"{Folder}/{Launcher.Folder}/", StringComparison.Ordinal) => null,
        _ => path.StartsWith($"{Folder}/", StringComparison.Ordinal) ? path[(Folder.Length + 1)..] : null,
    };
}
