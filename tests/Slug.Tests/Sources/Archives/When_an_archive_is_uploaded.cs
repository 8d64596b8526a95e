using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;
using Slug.Sources.Archives;

namespace Slug.Tests.Sources.Archives;

[CancelAfter(60_000)]
internal sealed class When_an_archive_is_uploaded : SourceSituation
{
    private Uploads Uploads => Host.Services.GetRequiredService<Uploads>();

    [Test]
    public async Task Its_files_links_and_modes_are_the_source()
    {
        await BuildAsync(Tar(
            Folder("./"), File("./a.txt", "hello"), File("./bin/run", "#!/bin/sh\n", executable: true),
            Link("./link", "a.txt"), HardLink("./same", "./a.txt"), Folder("empty/"), File(".git/config", "x")));

        Assert.That(Archived, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["a.txt"] = "hello", ["bin/"] = "", ["bin/run"] = "#!/bin/sh\n", ["link"] = "-> a.txt", ["same"] = "hello",
        }));
        Assert.That((await InRepositoryAsync("ls-tree", "-r", Source().Tree.ToString())).Output, Does.Contain("100755").And.Contains("120000"));
    }

    [Test]
    public async Task The_same_files_are_the_same_source_however_they_were_packed_and_the_one_that_a_push_brings()
    {
        await Client.PushAsync("main");
        var pushed = Source().Tree;
        await BuildAsync(Tar(File("README", "hello\n")));
        var (tree, commit) = (Source().Tree, Source().Commit);
        await BuildAsync(Gzipped(Tar(Folder("."), File("./README", "hello\n"))));

        Assert.That(tree, Is.EqualTo(pushed));
        Assert.That(Source(), Has.Property("Tree").EqualTo(tree).And.Property("Commit").EqualTo(commit));
    }

    [Test]
    public async Task What_was_built_is_kept_and_what_was_not_is_gone()
    {
        await BuildAsync(Tar(File("a", "kept")));
        Assert.That((await InRepositoryAsync("for-each-ref", "--format=%(objectname)", "refs/slug/builds")).Output.Trim(), Is.EqualTo(Source().Commit.ToString()));
        Assert.That((await InRepositoryAsync("cat-file", "-p", $"{Source().Commit}:a")).Output, Is.EqualTo("kept"));
        Assert.That((await InRepositoryAsync("fsck", "--strict")).Succeeded);

        Options.Entries = 1;
        Assert.That(await BuildAsync(Tar(File("a/b/c", "refused"))), Is.InstanceOf<PushReply.Rejected>());
        var repository = await Host.RepositoryAsync("sample");
        Assert.That(Directory.EnumerateDirectories(repository.Objects, "tmp_objdir-*"), Is.Empty);
        Assert.That((await InRepositoryAsync("cat-file", "-e", Message().Length > 0 ? "HEAD:a/b/c" : "")).Succeeded, Is.False);
    }

    [Test]
    public async Task One_that_is_none_is_refused()
    {
        var tar = Tar(File("a", new string('x', 5000)));

        Assert.That(await RefusalAsync([.. "<html>".PadRight(2000).Select(letter => (byte)letter)]), Does.StartWith("SLUG2330").And.Contains("no tar header"));
        Assert.That(await RefusalAsync(tar[..2000]), Does.StartWith("SLUG2330"));
        Assert.That(await RefusalAsync(Gzipped(tar)[..20]), Does.StartWith("SLUG2330"));
        Assert.That(await RefusalAsync([]), Does.StartWith("SLUG2330"));
        Assert.That(await RefusalAsync(Tar(Folder("a/"))), Does.StartWith("SLUG2333"));
    }

    [Test]
    public async Task An_entry_that_is_no_part_of_a_source_is_named()
    {
        Assert.That(await RefusalAsync(Tar(File("a", "x"), File("../b", "x"))), Does.StartWith("SLUG2331").And.Contains("'../b'"));
        Assert.That(await RefusalAsync(Tar(File("/b", "x"))), Does.StartWith("SLUG2331").And.Contains("absolute"));
        Assert.That(await RefusalAsync(Tar(new PaxTarEntry(TarEntryType.Fifo, "pipe"))), Does.StartWith("SLUG2331").And.Contains("'pipe'"));
        Assert.That(await RefusalAsync(Tar(new PaxTarEntry(TarEntryType.CharacterDevice, "null"))), Does.StartWith("SLUG2331"));
        Assert.That(await RefusalAsync(Tar(File("x/git~1/a", "x"), HardLink("b", "missing"))), Does.StartWith("SLUG2334").And.Contains("missing"));
        Assert.That(Directory.EnumerateFiles((await Host.RepositoryAsync("sample")).Directory, "fast_import_crash*"), Is.Empty);
    }

    [Test]
    public async Task Too_many_and_too_large_are_refused_while_they_come()
    {
        Options.Entries = 3;
        Assert.That(await RefusalAsync(Tar([.. Enumerable.Range(0, 4).Select(number => File($"f{number}", ""))])), Does.StartWith("SLUG2332"));
        Options.Bytes = 1000;
        Assert.That(await RefusalAsync(Gzipped(Tar(File("zeros", new string('0', 1001))))), Does.StartWith("SLUG2332"));
    }

    private async Task<PushReply> BuildAsync(byte[] archive)
    {
        var received = await ReceiveAsync(archive);
        Assert.That(received, Is.InstanceOf<UploadResult.Received>(), received.ToString());
        return await Uploads.BuildAsync(((UploadResult.Received)received).Push, CancellationToken.None).LastAsync();
    }

    private async Task<string> RefusalAsync(byte[] archive)
    {
        var received = await ReceiveAsync(archive);
        Assert.That(received, Is.InstanceOf<UploadResult.Refused>());
        return ((UploadResult.Refused)received).Message;
    }

    private async Task<UploadResult> ReceiveAsync(byte[] archive)
    {
        var found = await Host.Services.GetRequiredService<Repositories>().FindOrCreateAsync("sample", "tests", CancellationToken.None);
        return await Uploads.ReceiveAsync((RepositoryResult.Found)found, "tests", new MemoryStream(archive), CancellationToken.None);
    }

    private static byte[] Tar(params TarEntry[] entries)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return tar.ToArray();
    }

    private static byte[] Gzipped(byte[] tar)
    {
        using var gzipped = new MemoryStream();
        using (var gzip = new GZipStream(gzipped, CompressionLevel.Fastest))
            gzip.Write(tar);
        return gzipped.ToArray();
    }

    private static PaxTarEntry Folder(string name) => new(TarEntryType.Directory, name);

    private static PaxTarEntry File(string name, string content, bool executable = false) => new(TarEntryType.RegularFile, name)
    {
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : 0),
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
    };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static PaxTarEntry HardLink(string name, string target) => new(TarEntryType.HardLink, name) { LinkName = target };
}
