using System.Formats.Tar;
using System.Text;

namespace Slug.Builder.Tests.Support;

/// <summary>Tar archives as git and the service make them: plain files, mode 0644 unless said, the same bytes at any time.</summary>
internal static class TarBytes
{
    public static byte[] Of(params (string Name, string Content)[] files) => Of((UnixFileMode)0b110_100_100, files);

    public static byte[] Of(UnixFileMode mode, (string Name, string Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        return bytes.ToArray();
    }

    public static IReadOnlyList<string> Names(byte[] tar)
    {
        List<string> names = [];
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }
}
