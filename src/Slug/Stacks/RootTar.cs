using System.Formats.Tar;
using Microsoft.Win32.SafeHandles;

namespace Slug.Stacks;

/// <summary>A root file system in a tar on disk: its entries by path, their bytes read where they lie.</summary>
internal sealed class RootTar : IDisposable
{
    private readonly SafeFileHandle handle;

    private RootTar(string path) => handle = File.OpenHandle(path);

    public SortedDictionary<string, RootEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the headers. Only what <see cref="RootRules"/> keep becomes an entry.</summary>
    public static RootTar Open(string path, PathRules rules)
    {
        var tar = new RootTar(path);
        using var stream = File.OpenRead(path);
        using var reader = new TarReader(stream);
        var contents = new Dictionary<string, RootContent>(StringComparer.Ordinal);
        while (reader.GetNextEntry() is { } header)
            tar.Add(header, contents, rules);
        return tar;
    }

    public void Dispose() => handle.Dispose();

    private void Add(TarEntry header, Dictionary<string, RootContent> contents, PathRules rules)
    {
        var path = Normal(header.Name);
        var content = header.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => ContentOf(header),
            // The first name of a file may be left out while a later one stays: it is the content that is shared.
            TarEntryType.HardLink => contents[Normal(header.LinkName)],
            _ => null,
        };
        if (content is not null)
            contents[path] = content;
        if (RootRules.Keep(path, header.EntryType) && !rules.LeavesOut("/" + path))
            Entries[path] = RootRules.Clean(ToEntry(path, header, content));
    }

    private static RootEntry ToEntry(string path, TarEntry header, RootContent? content) =>
        new(path, content is null ? header.EntryType : TarEntryType.RegularFile)
        {
            Mode = header.Mode,
            Uid = header.Uid,
            Gid = header.Gid,
            Target = content is null ? header.LinkName : "",
            Content = content,
        };

    private RootContent ContentOf(TarEntry header)
    {
        var (start, length) = (header.DataOffset, header.Length);
        return new(length, () => new FileSlice(handle, start, length));
    }

    private static string Normal(string name) => (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name).TrimEnd('/');
}
