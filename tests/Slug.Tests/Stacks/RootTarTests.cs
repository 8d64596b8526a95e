using System.Formats.Tar;
using System.Text;
using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class RootTarTests
{
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(file);

    [Test]
    public void Entries_come_back_by_path_with_their_bytes()
    {
        Write(
            new PaxTarEntry(TarEntryType.Directory, "./usr/") { Uid = 3 },
            new PaxTarEntry(TarEntryType.RegularFile, "./usr/b") { DataStream = new MemoryStream("bee"u8.ToArray()) },
            new PaxTarEntry(TarEntryType.SymbolicLink, "./usr/a") { LinkName = "b" });

        using var tar = RootTar.Open(file, new([], []));

        Assert.That(tar.Entries.Keys, Is.EqualTo(["usr", "usr/a", "usr/b"]));
        Assert.That(tar.Entries["usr"].Uid, Is.EqualTo(3));
        Assert.That(tar.Entries["usr/a"].Target, Is.EqualTo("b"));
        Assert.That(tar.Entries["usr/b"].Content!.ReadText(), Is.EqualTo("bee"));
    }

    [Test]
    public void A_file_stays_under_its_other_name_when_the_first_is_left_out()
    {
        Write(
            new PaxTarEntry(TarEntryType.RegularFile, "./var/log/x") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes("kept")) },
            new PaxTarEntry(TarEntryType.HardLink, "./usr/x") { LinkName = "./var/log/x" });

        using var tar = RootTar.Open(file, new([], []));

        Assert.That(tar.Entries.Keys, Is.EqualTo(["usr/x"]));
        Assert.That(tar.Entries["usr/x"].Type, Is.EqualTo(TarEntryType.RegularFile));
        Assert.That(tar.Entries["usr/x"].Content!.ReadText(), Is.EqualTo("kept"));
    }

    private void Write(params TarEntry[] entries)
    {
        using var writer = new TarWriter(File.Create(file));
        foreach (var entry in entries)
            writer.WriteEntry(entry);
    }
}
