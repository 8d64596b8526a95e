using System.Formats.Tar;
using Slug.Commands.Services;
using Slug.Droplets.Differences;

namespace Slug.Bootstrap;

/// <summary>Compares the program that runs here, built by the machine's SDK, with the one in a droplet: for the record.</summary>
internal static class ProgramComparison
{
    private const string Root = "./app/publish/slug/";

    public static async Task<StageComparison> CompareAsync(string program, Stage compiler, CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        var left = Directory.EnumerateFiles(program, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(program, file)).ToHashSet();
        await using var layers = await compiler.Client.OpenAsync(ServiceRoute.Layers(SelfSource.App), cancellationToken);
        await using var tar = new TarReader(layers);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (!entry.Name.StartsWith(Root, StringComparison.Ordinal) || entry.EntryType == TarEntryType.Directory)
                continue;
            var name = entry.Name[Root.Length..];
            if (!left.Remove(name))
                differences.Add(new(name, "compile", "is only in the second"));
            else if (await BytesAsync(Path.Combine(program, name), entry, cancellationToken) is { } bytes)
                differences.Add(new(name, "compile", "has other contents", bytes));
        }

        differences.AddRange(left.Order(StringComparer.Ordinal).Select(name => new Difference(name, "compile", "is only in the first")));
        return new() { Left = 1, Right = compiler.Number + 1, Same = differences.Count == 0, Count = differences.Count, Differences = differences };
    }

    private static async Task<ByteDifference?> BytesAsync(string file, TarEntry entry, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return await ContentComparison.FindAsync(content, entry.DataStream, content.Length, entry.Length, cancellationToken);
    }
}
