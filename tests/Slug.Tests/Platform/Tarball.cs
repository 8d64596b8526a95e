using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Slug.Tests.Platform;

/// <summary>A gzip'ed tar of a few files.</summary>
internal static class Tarball
{
    public static byte[] Of(params (string Name, string Content)[] files)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
            foreach (var (name, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        return packed.ToArray();
    }
}
