using System.Formats.Tar;
using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

[CancelAfter(60_000)]
internal sealed class TarExtractionTests
{
    private TemporaryDirectory directory = null!;
    private string destination = null!;

    [SetUp]
    public void Open()
    {
        directory = new();
        destination = directory["out"];
    }

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void Any_layer_comes_back_as_it_was() =>
        Prop.ForAll(SampleTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            var layer = Layer.Pack(scene["app"]);
            Extract(new TrickleStream(layer, most: 1000), scene["out"]);
            return Layer.Pack(scene["out/app"]).AsSpan().SequenceEqual(layer);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void Any_tree_that_GNU_tar_packed_comes_back() =>
        Prop.ForAll(SampleTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            Program.Run("tar", "--format=gnu", "-cf", scene["a.tar"], "-C", scene.Path, "app");
            using var tar = System.IO.File.OpenRead(scene["a.tar"]);
            Extract(tar, scene["out"]);
            return Layer.Pack(scene["out/app"]).AsSpan().SequenceEqual(Layer.Pack(scene["app"]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void Damage_to_an_archive_is_refused_or_harmless() =>
        Prop.ForAll(SampleTree.Any, Gen.Choose(0, int.MaxValue).ArrayOf(8).ToArbitrary(), (tree, damage) =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            Program.Run("tar", "--format=pax", "-cf", scene["a.tar"], "-C", scene.Path, "app");
            var bytes = System.IO.File.ReadAllBytes(scene["a.tar"]);
            foreach (var place in damage)
                bytes[place % bytes.Length] ^= (byte)(1 + (place >> 8) % 255);
            try
            {
                Extract(new MemoryStream(bytes[..(bytes.Length - damage[0] % 2000)]), scene["out/inner"]);
            }
            catch (Exception refusal) when (refusal is InvalidDataException or IOException)
            {
            }

            return Directory.GetFileSystemEntries(scene["out"]).Length == 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Test]
    public void A_long_name_with_a_line_break_in_a_pax_header_is_refused_as_NET_reads_no_such_record()
    {
        var app = directory.Folder("app");
        System.IO.File.WriteAllText($"{app}/{new string('l', 120)}\n", "");
        Program.Run("tar", "--format=pax", "-cf", directory["a.tar"], "-C", directory.Path, "app");
        Assert.That(() => Extract(System.IO.File.OpenRead(directory["a.tar"]), destination), Throws.TypeOf<InvalidDataException>());
    }

    [TestCase("v7")]
    [TestCase("ustar")]
    [TestCase("gnu")]
    [TestCase("oldgnu")]
    [TestCase("pax")]
    public void The_formats_that_GNU_tar_writes_are_read(string format)
    {
        var app = directory.Folder("app");
        Directory.CreateDirectory($"{app}/empty");
        System.IO.File.WriteAllText($"{app}/file", "contents");
        System.IO.File.CreateSymbolicLink($"{app}/link", "/nowhere");
        Program.Run("ln", $"{app}/file", $"{app}/hard");
        if (format is "gnu" or "pax")
            System.IO.File.WriteAllText($"{app}/{new string('l', 200)}", "long");
        Program.Run("chmod", "750", $"{app}/file");
        Program.Run("tar", $"--format={format}", "-cf", directory["a.tar"], "-C", directory.Path, "app");
        Extract(System.IO.File.OpenRead(directory["a.tar"]), destination);
        Program.Run("diff", "-r", "--no-dereference", app, $"{destination}/app");
        Assert.That(Layer.Pack($"{destination}/app"), Is.EqualTo(Layer.Pack(app)));
    }

    [Test]
    public void An_archive_of_git_gives_what_tar_gives_and_its_header_with_the_commit_is_no_entry()
    {
        var repository = directory.Folder("repository");
        Directory.CreateDirectory($"{repository}/bin");
        System.IO.File.WriteAllText($"{repository}/bin/run", "#!/bin/sh\n");
        System.IO.File.SetUnixFileMode($"{repository}/bin/run", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        System.IO.File.WriteAllText($"{repository}/{new string('d', 90)}-{new string('f', 90)}", "");
        Program.Run("git", "-C", repository, "init", "-q");
        Program.Run("git", "-C", repository, "add", "-A");
        Program.Run("git", "-C", repository, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first");
        Program.Run("git", "-C", repository, "archive", "-o", directory["a.tar"], "HEAD");
        Program.Run("tar", "-xpf", directory["a.tar"], "-C", directory.Folder("tar"), "--no-same-owner");
        var entries = Extract(System.IO.File.OpenRead(directory["a.tar"]), destination);
        Program.Run("diff", "-r", directory["tar"], destination);
        Assert.That((entries, Facts(destination)), Is.EqualTo((3, Facts(directory["tar"]))));
    }

    [TestCase("../evil")]
    [TestCase("a/../../evil")]
    [TestCase("a/..")]
    [TestCase("/evil")]
    [TestCase("a//b")]
    [TestCase("a/./b")]
    [TestCase("..")]
    public void A_name_that_leads_out_or_around_is_refused_and_quoted(string name)
    {
        var tar = Tar(File("a/ok"), File(name));
        Assert.That(() => Extract(tar, destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain($"'{name}'"));
        Assert.That(directory["evil"], Does.Not.Exist);
    }

    [Test]
    public void Nothing_is_written_through_a_link()
    {
        var outside = directory.Folder("outside");
        var tar = Tar(Link("way", outside), File("way/evil"));
        Assert.That(() => Extract(tar, destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("'way'"));
        Assert.That(Directory.GetFileSystemEntries(outside), Is.Empty);
    }

    [Test]
    public void Nothing_is_written_through_a_link_that_lay_there_before()
    {
        var outside = directory.Folder("outside");
        System.IO.File.CreateSymbolicLink($"{directory.Folder("out")}/way", outside);
        Assert.That(() => Extract(Tar(File("way/evil")), destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("'way'"));
    }

    [Test]
    public void A_directory_entry_does_not_follow_a_link()
    {
        var outside = directory.Folder("outside");
        var tar = Tar(Link("way", outside), new PaxTarEntry(TarEntryType.Directory, "way/"));
        Assert.That(() => Extract(tar, destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("'way'"));
    }

    [Test]
    public void A_name_twice_is_refused()
    {
        var tar = Tar(File("a", "first"), File("./a", "second"));
        Assert.That(() => Extract(tar, destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("'a' is there already"));
        Assert.That(System.IO.File.ReadAllText($"{destination}/a"), Is.EqualTo("first"));
    }

    [Test]
    public async Task A_part_of_an_archive_goes_where_it_is_to_and_its_last_files_win()
    {
        var tar = Tar(File("app/a", "first"), File("beside/b"), new PaxTarEntry(TarEntryType.Fifo, "pipe"), Link("app/l", "/etc"), File("app/a", "second"), File("app/l", "file"),
            new PaxTarEntry(TarEntryType.HardLink, "app/h") { LinkName = "./app/a" }, new PaxTarEntry(TarEntryType.HardLink, "app/a") { LinkName = "app/a" });
        var count = await TarExtraction.ExtractAsync(tar, destination, path => path.StartsWith("app/", StringComparison.Ordinal) ? path[4..] : null, CancellationToken.None);
        Assert.That(count, Is.EqualTo(6));
        Assert.That(Directory.GetFileSystemEntries(destination).Select(Path.GetFileName), Is.EquivalentTo((string[])["a", "h", "l"]));
        Assert.That((string[])["a", "h", "l"], Has.All.Matches<string>(name => new FileInfo($"{destination}/{name}").LinkTarget is null));
        Assert.That((System.IO.File.ReadAllText($"{destination}/h"), System.IO.File.ReadAllText($"{destination}/l")), Is.EqualTo(("second", "file")));
    }

    [Test]
    public void A_hard_link_to_what_is_left_out_is_refused() =>
        Assert.That(
            () => TarExtraction.ExtractAsync(
                Tar(File("beside"), new PaxTarEntry(TarEntryType.HardLink, "app/h") { LinkName = "beside" }), destination,
                path => path.StartsWith("app/", StringComparison.Ordinal) ? path[4..] : null, CancellationToken.None),
            Throws.TypeOf<InvalidDataException>().With.Message.Contain("'h' links to 'what is left out'"));

    [Test]
    public void A_file_does_not_replace_a_link()
    {
        System.IO.File.WriteAllText(directory["victim"], "whole");
        Assert.That(() => Extract(Tar(Link("a", directory["victim"]), File("a", "evil")), destination), Throws.TypeOf<InvalidDataException>());
        Assert.That(System.IO.File.ReadAllText(directory["victim"]), Is.EqualTo("whole"));
    }

    [Test]
    public void A_link_does_not_replace_a_file() =>
        Assert.That(() => Extract(Tar(File("a"), Link("a", "/etc")), destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("'a' is there already"));

    [TestCase("../victim")]
    [TestCase("/etc/passwd")]
    [TestCase("missing")]
    [TestCase("way/passwd")]
    public void A_hard_link_to_anything_but_an_unpacked_file_is_refused(string target)
    {
        System.IO.File.WriteAllText(directory["victim"], "");
        var tar = Tar(Link("way", "/etc"), new PaxTarEntry(TarEntryType.HardLink, "h") { LinkName = target });
        Assert.That(() => Extract(tar, destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain($"'{target}'"));
    }

    [TestCase(TarEntryType.Fifo)]
    [TestCase(TarEntryType.CharacterDevice)]
    [TestCase(TarEntryType.BlockDevice)]
    public void Devices_and_FIFOs_are_refused(TarEntryType type) =>
        Assert.That(() => Extract(Tar(new PaxTarEntry(type, "odd")), destination),
            Throws.TypeOf<InvalidDataException>().With.Message.Contain($"'odd' has the type {type}"));

    [Test]
    public void Setuid_setgid_and_sticky_bits_are_stripped()
    {
        const UnixFileMode All = (UnixFileMode)0xFFF;
        Extract(Tar(new PaxTarEntry(TarEntryType.RegularFile, "f") { Mode = All }, new PaxTarEntry(TarEntryType.Directory, "d") { Mode = All }), destination);
        Assert.That(new[] { "f", "d" }.Select(name => (int)System.IO.File.GetUnixFileMode($"{destination}/{name}")), Is.EqualTo([0x1FF, 0x1FF]));
    }

    [Test]
    public void A_directory_that_may_not_be_written_is_filled_first()
    {
        const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        Extract(Tar(new PaxTarEntry(TarEntryType.Directory, "d") { Mode = ReadOnly }, File("d/f", "x")), destination);
        var mode = System.IO.File.GetUnixFileMode($"{destination}/d");
        System.IO.File.SetUnixFileMode($"{destination}/d", ReadOnly | UnixFileMode.UserWrite);
        Assert.That((System.IO.File.ReadAllText($"{destination}/d/f"), mode), Is.EqualTo(("x", ReadOnly)));
    }

    [TestCase("2001-02-03T04:05:06.9999999Z")]
    [TestCase("1960-01-01T00:00:00.5Z")]
    public void Modification_times_are_those_of_the_archive(string text)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Extract(Tar(new PaxTarEntry(TarEntryType.Directory, "d") { ModificationTime = time }, new PaxTarEntry(TarEntryType.RegularFile, "d/f") { ModificationTime = time }), destination);
        Assert.That((System.IO.File.GetLastWriteTimeUtc($"{destination}/d/f"), Directory.GetLastWriteTimeUtc($"{destination}/d")), Is.EqualTo((time.UtcDateTime, time.UtcDateTime)));
    }

    [Test]
    public void A_name_that_is_not_UTF_8_is_refused_and_never_changed()
    {
        Program.Run("bash", "-c", $"cd '{directory.Folder("app")}' && touch $'bad\\xff' && tar --format=gnu -cf '{directory["a.tar"]}' .");
        Assert.That(() => Extract(System.IO.File.OpenRead(directory["a.tar"]), destination), Throws.TypeOf<InvalidDataException>().With.Message.Contain("not UTF-8"));
    }

    [Test]
    public void A_tar_cut_in_mid_entry_is_refused()
    {
        var whole = Tar(File("a", new string('a', 5000))).ToArray();
        Assert.That(() => Extract(new MemoryStream(whole[..3000]), destination), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Garbage_is_refused() =>
        Assert.That(() => Extract(new MemoryStream(Enumerable.Repeat((byte)'x', 2048).ToArray()), destination), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void An_empty_archive_makes_an_empty_directory()
    {
        Assert.That(Extract(new MemoryStream(new byte[1024]), destination), Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(destination), Is.Empty);
    }

    [Test]
    public void The_stream_stays_open()
    {
        using var tar = Tar(File("a"));
        Extract(tar, destination);
        Assert.That(tar.CanRead, Is.True);
    }

    private static long Extract(Stream tar, string destination) =>
        TarExtraction.ExtractAsync(tar, destination, CancellationToken.None).GetAwaiter().GetResult();

    private static string Facts(string root) => Program.Run("find", root, "-mindepth", "1", "-printf", "%P %m %T@ %y\n");

    private static PaxTarEntry File(string name, string content = "") =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static MemoryStream Tar(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        bytes.Position = 0;
        return bytes;
    }
}
