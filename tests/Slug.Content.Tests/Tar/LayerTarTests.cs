using System.Formats.Tar;
using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

[CancelAfter(60_000)]
internal sealed class LayerTarTests
{
    private TemporaryDirectory directory = null!;
    private string app = null!;

    [SetUp]
    public void Open()
    {
        directory = new();
        app = directory.Folder("app");
    }

    [TearDown]
    public void Remove() => directory.Dispose();

    [TestCase(0x1B4, 0x1A4)]
    [TestCase(0x1FD, 0x1ED)]
    [TestCase(0x180, 0x1A4)]
    public async Task What_the_umask_of_a_checkout_did_is_not_seen_when_modes_are_as_git_knows_them(int found, int written)
    {
        File.WriteAllText(Path.Combine(app, "file"), "");
        using var file = new TarReader(await PackAsync(found));
        await file.GetNextEntryAsync();
        Assert.That((await file.GetNextEntryAsync())!.Mode, Is.EqualTo((UnixFileMode)written));
    }

    [Test]
    public async Task What_is_left_out_goes_with_all_that_is_in_it()
    {
        Directory.CreateDirectory(Path.Combine(app, "out/deep"));
        File.WriteAllText(Path.Combine(app, "out/deep/file"), "");
        File.WriteAllText(Path.Combine(app, "kept"), "");
        Directory.CreateSymbolicLink(Path.Combine(app, "link"), "out");
        var asked = new List<string>();
        var layer = new MemoryStream();
        await LayerTar.WriteAsync(
            app, ".", LayerModes.AsGit,
            (path, isDirectory) =>
            {
                asked.Add($"{path}{(isDirectory ? "/" : "")}");
                return path == "out";
            },
            layer, CancellationToken.None);
        layer.Position = 0;
        var names = new List<string>();
        using var tar = new TarReader(layer);
        while (await tar.GetNextEntryAsync() is { } entry)
            names.Add(entry.Name);
        Assert.That(asked, Is.EquivalentTo((string[])["out/", "kept", "link"]));
        Assert.That(names, Is.EqualTo((string[])["./", "./kept", "./link"]));
    }

    private async Task<MemoryStream> PackAsync(int mode)
    {
        File.SetUnixFileMode(Path.Combine(app, "file"), (UnixFileMode)mode);
        var layer = new MemoryStream();
        await LayerTar.WriteAsync(app, "./app", LayerModes.AsGit, layer, CancellationToken.None);
        layer.Position = 0;
        return layer;
    }

    [Test]
    public void Any_tree_comes_back_through_GNU_tar() =>
        Prop.ForAll(SampleTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            Layer.WriteFile(scene["app"], scene["layer.tar"]);
            Program.Run("tar", "--no-same-owner", "-xpf", scene["layer.tar"], "-C", scene.Folder("out"));
            Program.Run("diff", "-r", "--no-dereference", scene["app"], scene["out/app"]);
            return Modes(scene["app"]).AsSpan().SequenceEqual(Modes(scene["out/app"]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void The_order_in_which_files_were_made_leaves_no_trace() =>
        Prop.ForAll(SampleTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["one"], files => files);
            tree.CreateIn(scene["two"], files => files.Reverse());
            return Layer.Pack(scene["one"]).AsSpan().SequenceEqual(Layer.Pack(scene["two"]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void The_bytes_of_a_known_tree_never_change()
    {
        Write("bin/start", "#!/bin/sh\nexec node .\n", "755");
        Write("package.json", "{}\n", "644");
        Write(new string('n', 150), "long\n", "600");
        File.CreateSymbolicLink($"{app}/current", "bin/start");
        Program.Run("ln", $"{app}/package.json", $"{app}/z.json");
        Program.Run("chmod", "755", app, $"{app}/bin");
        Assert.That(Digest.Of(Layer.Pack(app)).Hex, Is.EqualTo("e2cc9b49a8ece6d0c8fc5453160d416f0bc0a9166f9b1a39018eb22516a022ff"));
    }

    [Test]
    public void Entries_belong_to_the_user_slug_and_date_from_1980()
    {
        Write("file", "x", "640");
        Assert.That(Listing(), Is.EqualTo(
        [
            "drwxr-xr-x 1000/1000 0 1980-01-01 00:00:01 ./app/",
            "-rw-r----- 1000/1000 1 1980-01-01 00:00:01 ./app/file",
        ]));
    }

    [Test]
    public void Names_stand_in_byte_order_and_a_directory_before_what_is_in_it()
    {
        foreach (var name in (string[])["a/b", "a-", "a.", "a0", "\uE000", "𝄞", "B"])
            Write(name, "", "644");
        Assert.That(Names(), Is.EqualTo(
            ["./app/", "./app/B", "./app/a-", "./app/a.", "./app/a/", "./app/a/b", "./app/a0", "./app/\uE000", "./app/𝄞"]));
    }

    [Test]
    public void Setuid_setgid_and_sticky_bits_are_cleared()
    {
        Write("tool", "", "6755");
        Directory.CreateDirectory($"{app}/tmp");
        Program.Run("chmod", "1777", $"{app}/tmp");
        Assert.That(Listing()[1..].Select(line => line[..10]), Is.EqualTo(["drwxrwxrwx", "-rwxr-xr-x"]));
    }

    [Test]
    public void Of_hard_links_the_first_in_order_is_the_file()
    {
        Write("z", "same", "644");
        Program.Run("ln", $"{app}/z", $"{app}/m");
        Program.Run("ln", $"{app}/z", $"{app}/a");
        Assert.That(Listing()[1..].Select(line => line[0] + line[line.IndexOf("./", StringComparison.Ordinal)..]), Is.EqualTo(
            ["-./app/a", "h./app/m link to ./app/a", "h./app/z link to ./app/a"]));
    }

    [Test]
    public void A_file_whose_other_name_is_outside_the_tree_is_a_file()
    {
        Write("inside", "same", "644");
        Program.Run("ln", $"{app}/inside", directory["outside"]);
        Assert.That(Listing()[1], Does.StartWith("-rw"));
    }

    [TestCase("missing")]
    [TestCase("/usr/bin/python3")]
    [TestCase("../../elsewhere")]
    public void A_symbolic_link_is_kept_as_it_is(string target)
    {
        File.CreateSymbolicLink($"{app}/link", target);
        Assert.That(Listing()[1], Does.EndWith($"./app/link -> {target}"));
    }

    [TestCase(90)]
    [TestCase(93)]
    [TestCase(94)]
    [TestCase(95)]
    [TestCase(200)]
    public void Names_and_targets_around_the_length_of_the_field_are_kept_whole(int length)
    {
        var name = new string('n', length);
        Write(name, "", "644");
        File.CreateSymbolicLink($"{app}/{name[1..]}l", $"12345/{name}");
        Program.Run("ln", $"{app}/{name}", $"{app}/o");
        Assert.That(Listing()[1..].Select(line => line[line.IndexOf("./", StringComparison.Ordinal)..]), Is.EqualTo(
            [$"./app/{name[1..]}l -> 12345/{name}", $"./app/{name}", $"./app/o link to ./app/{name}"]));
    }

    [Test]
    public void A_file_that_may_not_be_read_is_refused_by_name()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "nothing is kept from root");
        Write("secret", "", "000");
        Assert.That(Packing(app), Throws.TypeOf<UnpackableEntryException>().With.Property("Kind").EqualTo("a file that may not be read"));
    }

    [TestCase("311", "a directory that may not be read")]
    [TestCase("644", "a directory in which nothing may be looked up")]
    public void A_directory_that_may_not_be_read_is_refused_by_name(string mode, string kind)
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "nothing is kept from root");
        Write("closed/file", "", "644");
        Program.Run("chmod", mode, $"{app}/closed");
        try
        {
            Assert.That(Packing(app), Throws.TypeOf<UnpackableEntryException>().With.Property("Kind").EqualTo(kind).And.Property("Path").EqualTo($"{app}/closed"));
        }
        finally
        {
            Program.Run("chmod", "755", $"{app}/closed");
        }
    }

    [TestCase("truncate -s 10 z", "a file that changed while it was packed")]
    [TestCase("truncate -s 30 z", "a file that changed while it was packed")]
    [TestCase("rm z", "a file that vanished while it was packed")]
    public void A_file_that_changes_while_it_is_packed_is_refused(string change, string kind, CancellationToken cancellation)
    {
        Write("a", new string('a', 3_000_000), "644");
        Write("z", new string('z', 20), "644");
        using var destination = new ReactingStream(() => Program.Run("bash", "-c", $"cd '{app}' && {change}"));
        Assert.That(() => LayerTar.WriteAsync(app, "./app", destination, cancellation),
            Throws.TypeOf<UnpackableEntryException>().With.Property("Kind").EqualTo(kind));
    }

    [Test]
    public void The_layer_ends_with_two_zero_blocks_and_no_more()
    {
        var layer = Layer.Pack(app);
        Assert.That((layer.Length, layer.AsSpan(512).IndexOfAnyExcept((byte)0)), Is.EqualTo((3 * 512, -1)));
    }

    [Test]
    public void A_size_past_eight_gibibytes_is_read_by_GNU_tar()
    {
        const long Size = (9L << 30) + 1;
        // Past this limit the kernel ends the whole process: in a build container it is 4 GB.
        Assume.That(Program.Run("bash", "-c", "ulimit -f").Trim(), Is.EqualTo("unlimited"));
        var header = new byte[512];
        LayerFormat.WriteHeader(header, new() { Name = "./app/huge"u8, Type = LayerFormat.RegularFile, Mode = 0x1A4, Size = Size });
        using (var file = File.Create(directory["huge.tar"]))
        {
            file.Write(header);
            file.SetLength(512 + Size + LayerFormat.Padding(Size) + 1024);
        }

        Assert.That(Program.Run("tar", "-tvf", directory["huge.tar"]), Does.Contain($" {Size} "));
    }

    [TestCase("missing")]
    [TestCase("link")]
    public void A_root_that_is_no_directory_is_refused(string root)
    {
        File.CreateSymbolicLink(directory["link"], app);
        Assert.That(Packing(directory[root]), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contain($"{root}'"));
    }

    [Test]
    public void A_cancelled_packing_ends(CancellationToken cancellation)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        cancelled.Cancel();
        using var destination = new MemoryStream();
        Assert.That(() => LayerTar.WriteAsync(app, "./app", destination, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Action Packing(string root) => () => Layer.Pack(root);

    private static string[] Modes(string root) =>
        Program.Run("bash", "-c", $"cd '{root}' && find . -printf '%P %m %y\\0' | sort -z").Split('\0');

    private void Write(string name, string content, string mode) => directory.Write($"app/{name}", content, mode);

    private string[] Names()
    {
        Layer.WriteFile(app, directory["layer.tar"]);
        return Program.Run("tar", "--quoting-style=literal", "-tf", directory["layer.tar"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string[] Listing()
    {
        Program.Run("chmod", "755", app);
        Layer.WriteFile(app, directory["layer.tar"]);
        var lines = Program.Run("tar", "--full-time", "-tvf", directory["layer.tar"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
