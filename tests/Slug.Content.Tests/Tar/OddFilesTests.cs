using System.Net.Sockets;
using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

/// <summary>What not every layer could hold: kept, dropped and told, or refused and named.</summary>
[CancelAfter(60_000)]
internal sealed class OddFilesTests
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

    [Test]
    public void Names_that_differ_by_case_alone_are_two_files_and_an_empty_folder_is_kept()
    {
        Write("Read.me", "1", "644");
        Write("read.me", "2", "644");
        Directory.CreateDirectory($"{app}/empty");
        Layer.WriteFile(app, directory["layer.tar"]);
        Assert.That(Program.Run("tar", "-tf", directory["layer.tar"]), Is.EqualTo("./app/\n./app/Read.me\n./app/empty/\n./app/read.me\n"));
    }

    [Test]
    public void The_holes_of_a_sparse_file_are_zeros()
    {
        Program.Run("truncate", "-s", "3000000", $"{app}/sparse");
        var layer = Layer.Pack(app);
        Assert.That(layer, Has.Length.EqualTo(512 + 512 + 3000000 + LayerFormat.Padding(3000000) + 1024));
        Assert.That(layer.AsSpan(1024).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public async Task What_a_layer_does_not_keep_is_told()
    {
        Write("plain", "", "755");
        Write("bin/tool", "", "6755");
        Write("bin/group", "", "2755");
        Write("bin/ping", "", "755");
        Program.Run("chmod", "2755", $"{app}/bin");
        Program.Run("python3", "-c", "import os,sys; os.setxattr(sys.argv[1]+'/plain','user.origin',b'x'); os.setxattr(sys.argv[1],'user.of\tfolder',b'x')", app);
        if (Environment.IsPrivilegedProcess)
            Program.Run("python3", "-c", "import os,sys; os.setxattr(sys.argv[1],'security.capability',bytes([1,0,0,2,0,4,0,0])+bytes(12))", $"{app}/bin/ping");
        var tree = LayerTree.Read(app, "./app", (_, _) => false);
        await tree.Whole(LayerModes.AsFound).WriteAsync(Stream.Null, CancellationToken.None);
        var told = tree.Dropped.Select(lost => $"{lost.Path} {lost.Name}");
        Assert.That(told.Where(lost => !lost.StartsWith("bin/ping", StringComparison.Ordinal)), Is.EqualTo([@" user.of\x09folder", "bin/group setgid", "bin/tool setuid", "plain user.origin"]));
        Assert.That(told, Environment.IsPrivilegedProcess ? Has.One.EqualTo("bin/ping security.capability") : Is.Not.Empty);
    }

    [Test]
    public void A_FIFO_is_refused_by_name()
    {
        Program.Run("mkfifo", $"{app}/pipe");
        Assert.That(Packing(app), Throws.TypeOf<UnpackableEntryException>()
            .With.Property("Path").EqualTo($"{app}/pipe").And.Message.Contain("pipe' is a FIFO; "));
    }

    [Test]
    public void A_socket_is_refused_by_name()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint($"{app}/s"));
        Assert.That(Packing(app), Throws.TypeOf<UnpackableEntryException>().With.Property("Kind").EqualTo("a socket"));
    }

    [TestCase("touch $'bad\\xff'")]
    [TestCase("ln -s $'bad\\xff' link")]
    public void Names_that_are_not_UTF_8_are_refused_and_never_changed(string script)
    {
        Program.Run("bash", "-c", $"cd '{app}' && {script}");
        Assert.That(Packing(app), Throws.TypeOf<UnpackableEntryException>().With.Message.Contain("not UTF-8"));
    }

    private static Action Packing(string root) => () => Layer.Pack(root);

    private void Write(string name, string content, string mode) => directory.Write($"app/{name}", content, mode);
}
