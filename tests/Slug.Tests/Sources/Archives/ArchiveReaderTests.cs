using System.Formats.Tar;
using System.Text;
using Slug.Hosting;
using Slug.Sources.Archives;

namespace Slug.Tests.Sources.Archives;

[CancelAfter(60_000)]
public class ArchiveReaderTests
{
    private static readonly string longName = $"{new string('d', 90)}/{new string('e', 90)}/{new string('f', 90)}";

    private DirectoryInfo folder = null!;

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("slug-archive-");
        var tree = Path.Combine(folder.FullName, "tree");
        Directory.CreateDirectory(Path.Combine(tree, "sub"));
        File.WriteAllText(Path.Combine(tree, "sub", "file"), "contents");
        File.WriteAllText(Path.Combine(tree, "run"), "");
        File.SetUnixFileMode(Path.Combine(tree, "run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(tree, "soft"), "sub/file");
    }

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [TestCase("v7")]
    [TestCase("ustar")]
    [TestCase("oldgnu")]
    [TestCase("gnu")]
    [TestCase("pax")]
    public async Task Every_format_of_GNU_tar_is_read(string format)
    {
        await TarAsync("--format", format, "--sort=name", ".");

        Assert.That(await ReadAsync(), Is.EqualTo((string[])["./ Folder", "./run File x", "./soft SymbolicLink sub/file", "./sub/ Folder", "./sub/file File 'contents'"]));
    }

    [TestCase("gnu")]
    [TestCase("pax")]
    [TestCase("oldgnu")]
    public async Task Long_names_and_targets_are_read_in_every_format_that_has_them(string format)
    {
        var file = Path.Combine(folder.FullName, "tree", longName);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "long");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "tree", "far"), longName);

        await TarAsync("--format", format, longName, "far", "run");

        Assert.That(await ReadAsync(), Is.EqualTo((string[])[$"{longName} File 'long'", $"far SymbolicLink {longName}", "run File x"]));
    }

    [Test]
    public async Task A_hard_link_names_the_file_that_came_before()
    {
        using var ln = new MemoryStream();
        await using (var writer = new TarWriter(ln, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.HardLink, "two") { LinkName = "run" });
        ln.Position = 0;

        Assert.That((await new ArchiveReader(ln).NextAsync(CancellationToken.None))!, Has.Property("Kind").EqualTo(ArchiveEntryKind.HardLink).And.Property("Target").EqualTo("run"));
    }

    [TestCase((byte)'x')]
    [TestCase((byte)'g')]
    [TestCase((byte)'L')]
    [TestCase((byte)'K')]
    public void Names_and_attributes_beyond_all_measure_are_not_taken_into_memory(byte type) =>
        Assert.That(() => new ArchiveReader(new MemoryStream(Header(type, "77777777777"))).NextAsync(CancellationToken.None), Throws.TypeOf<InvalidDataException>().With.Message.Contains("at most"));

    [TestCase("no number", "0000000x000")]
    [TestCase("negative", "-0000000001")]
    public void A_size_that_is_none_is_refused(string because, string size) =>
        Assert.That(() => new ArchiveReader(new MemoryStream(Header((byte)'0', size))).NextAsync(CancellationToken.None), Throws.TypeOf<InvalidDataException>(), because);

    [TestCase("12 path=abc\n", "abc")]
    [TestCase("12 path=abc\n12 path=def\n", "def")]
    [TestCase("13 path=a\nbc\n", "a\nbc")]
    [TestCase("8 a=bc\n\n", null)]
    public void A_pax_record_counts_itself(string records, string? name) =>
        Assert.That(TarAttributes.None.With(Encoding.UTF8.GetBytes(records)).Name, Is.EqualTo(name));

    [TestCase("99 path=abc\n")]
    [TestCase("3 a\n")]
    [TestCase("0 path=abc\n")]
    [TestCase("-1 path=abc\n")]
    [TestCase("12 path=abcd")]
    [TestCase("path=abc\n")]
    [TestCase("9 size=x\n")]
    [TestCase("10 size=-1\n")]
    [TestCase("22 GNU.sparse.major=1\n")]
    public void A_pax_header_that_is_none_is_refused(string records) =>
        Assert.That(() => TarAttributes.None.With(Encoding.UTF8.GetBytes(records)), Throws.TypeOf<InvalidDataException>());

    [TestCase(100)]
    [TestCase(512)]
    [TestCase(1500)]
    public async Task What_breaks_off_is_refused(int length)
    {
        await TarAsync("sub/file", "run");
        var whole = await File.ReadAllBytesAsync(Archive);

        Assert.That(() => ReadAsync(new MemoryStream(whole[..length])), Throws.InstanceOf<EndOfStreamException>());
    }

    private string Archive => Path.Combine(folder.FullName, "a.tar");

    private async Task TarAsync(params string[] arguments)
    {
        var tar = await new ChildProcess("tar", ["-cf", Archive, "-C", Path.Combine(folder.FullName, "tree"), .. arguments]).RunAsync(CancellationToken.None);
        Assert.That(tar.Succeeded, tar.Error);
    }

    private async Task<List<string>> ReadAsync()
    {
        await using var file = File.OpenRead(Archive);
        return await ReadAsync(file);
    }

    private static async Task<List<string>> ReadAsync(Stream tar)
    {
        var reader = new ArchiveReader(tar);
        var read = new List<string>();
        while (await reader.NextAsync(CancellationToken.None) is { } entry)
        {
            using var contents = new StreamReader(reader.Contents);
            var text = entry.Length > 0 ? $" '{await contents.ReadToEndAsync()}'" : "";
            read.Add($"{entry.Name} {entry.Kind}{(entry.Kind is ArchiveEntryKind.SymbolicLink ? $" {entry.Target}" : "")}{(entry is { IsExecutable: true, Kind: ArchiveEntryKind.File } ? " x" : "")}{text}");
        }

        return read;
    }

    private static byte[] Header(byte type, string size)
    {
        var block = new byte[512];
        "name"u8.CopyTo(block);
        Encoding.ASCII.GetBytes(size, block.AsSpan(124));
        block[156] = type;
        block.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(value => value), 8).PadLeft(6, '0'), block.AsSpan(148));
        block[154] = 0;
        return block;
    }
}
