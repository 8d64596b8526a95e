using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

internal sealed class When_a_slug_was_uploaded
{
    private const UnixFileMode Odd = (UnixFileMode)0b111_000_101;

    private readonly BuildScene scene = new() { IsSlug = true };

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test, CancelAfter(60_000)]
    public async Task Should_pack_its_files_as_they_are_whatever_they_mean_to_a_source(CancellationToken cancellationToken)
    {
        await RunAsync(
            """{"web":"./serve --name \"ü\"","worker":"work"}""",
            [Folder("./app/"), Folder("./app/empty/"), File("./app/serve", "serve", Odd), new GnuTarEntry(TarEntryType.HardLink, "./app/two") { LinkName = "./app/serve" },
             Link("./app/python", "/usr/bin/python3"), File("./app/.slugignore", "*\n"), File("./app/.git/config", "git"), File("./app/Procfile", "no colon"), File("./app/.profile.d/a.sh", "export A=1"),
             File("./app/.slug/launch", "theirs"), Link("./app/.slug/processes", "/etc/passwd"), File("./other/file", "beside"), new GnuTarEntry(TarEntryType.Fifo, "./pipe")],
            cancellationToken);

        var result = (BuildOutcome.Succeeded)scene.Result!;
        Assert.That(result.Processes, Is.EqualTo(new Dictionary<string, string> { ["web"] = "./serve --name \"ü\"", ["worker"] = "work" }));
        Assert.That(result.Buildpacks, Is.Empty);
        var packed = Entries();
        Assert.That(packed.Keys, Is.EqualTo((string[])
        [
            "./app/", "./app/.git/", "./app/.git/config", "./app/.profile.d/", "./app/.profile.d/a.sh", "./app/.slug/", "./app/.slug/launch", "./app/.slug/processes",
            "./app/.slugignore", "./app/Procfile", "./app/empty/", "./app/python", "./app/serve", "./app/two",
        ]));
        Assert.That((packed["./app/serve"].Mode, packed["./app/two"].LinkName, packed["./app/python"].LinkName), Is.EqualTo((Odd, "./app/serve", "/usr/bin/python3")));
        Assert.That((scene.App(".slug/launch"), scene.App(".slug/processes")), Is.EqualTo((await LauncherAsync(cancellationToken), "web: ./serve --name \"ü\"\nworker: work\n")));
        Assert.That(scene.Lines, Does.Contain("-----> Unpacked the slug: 9 entries").And.Contain("       Process types -> web, worker"));
        Assert.That(scene.Service.Calls, Has.None.Contains("cache"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_take_the_last_of_files_with_one_name(CancellationToken cancellationToken)
    {
        await RunAsync("{}", [File("app/a", "first"), Link("app/b", "a"), File("app/a", "second"), File("app/b", "third")], cancellationToken);

        Assert.That((scene.App("a"), scene.App("b")), Is.EqualTo(("second", "third")));
        Assert.That(((BuildOutcome.Succeeded)scene.Result!).Processes, Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_what_lies_behind_a_link(CancellationToken cancellationToken)
    {
        await RunAsync("{}", [Link("./app/way", "/tmp"), File("./app/way/evil", "")], cancellationToken);

        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.StartWith("SLUG3111").And.Contain("'way' stands for a directory"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_say_when_it_is_made_again_that_all_came_with_the_source(CancellationToken cancellationToken)
    {
        scene.IsVerification = true;
        await RunAsync("{}", [File("./app/a", "1")], cancellationToken);

        Assert.That(scene.Service.Authors.ToDictionary(file => file.Key, file => file.Value.Phase), Is.SupersetOf(new Dictionary<string, BuildPhase> { ["a"] = BuildPhase.Fetch, [".slug/launch"] = BuildPhase.Fetch }));
    }

    private Task<int> RunAsync(string processes, TarEntry[] entries, CancellationToken cancellationToken)
    {
        scene.Service.Source = Tar([Bytes("process_types.json", Encoding.UTF8.GetBytes(processes)), Bytes("slug.tgz", Gzip(Tar(entries)))]);
        return scene.RunAsync(cancellationToken);
    }

    private SortedDictionary<string, TarEntry> Entries()
    {
        var entries = new SortedDictionary<string, TarEntry>(StringComparer.Ordinal);
        foreach (var layer in scene.Service.Blobs.Values)
        {
            using var reader = new TarReader(new MemoryStream(layer));
            while (reader.GetNextEntry() is { } entry)
                entries[entry.Name] = entry;
        }

        return entries;
    }

    private static async Task<string> LauncherAsync(CancellationToken cancellationToken)
    {
        using var script = new StreamReader(typeof(Build).Assembly.GetManifestResourceStream("launch")!);
        return await script.ReadToEndAsync(cancellationToken);
    }

    private static GnuTarEntry Folder(string name) => new(TarEntryType.Directory, name) { Mode = (UnixFileMode)0b111_101_101 };

    private static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static GnuTarEntry File(string name, string content) => File(name, content, (UnixFileMode)0b110_100_100);

    private static GnuTarEntry File(string name, string content, UnixFileMode mode)
    {
        var entry = Bytes(name, Encoding.UTF8.GetBytes(content));
        entry.Mode = mode;
        return entry;
    }

    private static GnuTarEntry Bytes(string name, byte[] content) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    private static byte[] Tar(TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }
}
