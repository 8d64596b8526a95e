using System.Formats.Tar;

namespace Slug.Droplets.Bills;

/// <summary>The lockfiles in a droplet's layers: gathered in one pass, each up to a size and all up to a sum. What a higher layer has again takes the place of the lower.</summary>
internal sealed class FoundFiles
{
    private const int LargestFile = 16 << 20;
    private const int MostBytes = 64 << 20;
    private const int MostFiles = 5000;

    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> passedOver = new(StringComparer.Ordinal);
    private long size;

    public IReadOnlyDictionary<string, byte[]> Files => files;

    /// <summary>Those that were too large or too many.</summary>
    public IReadOnlySet<string> PassedOver => passedOver;

    /// <summary>Reads a layer's tar to its end.</summary>
    public async Task AddAsync(Stream tar, CancellationToken cancellationToken)
    {
        await using (var reader = new TarReader(tar, leaveOpen: true))
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && Lockfiles.ReaderOf(entry.Name) is not null)
                    await AddAsync(entry, cancellationToken);
            }
        }

        // What is damaged is known at the end.
        await tar.CopyToAsync(Stream.Null, cancellationToken);
    }

    private async Task AddAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[1..] : $"/{entry.Name}";
        if (entry.Length > LargestFile || size + entry.Length > MostBytes || files.Count >= MostFiles)
        {
            if (passedOver.Count < MostFiles)
                passedOver.Add(path);
            return;
        }

        var content = new byte[entry.Length];
        if (entry.DataStream is { } data)
            await data.ReadExactlyAsync(content, cancellationToken);
        size += content.Length;
        files[path] = content;
    }
}
