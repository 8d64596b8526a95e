using Slug.Builder.Tests.Support;
using Slug.Content;
using Slug.Content.Compression;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_there_is_a_cache
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_restore_it_before_compile_and_say_from_which_build()
    {
        await KeepAsync(("./a/b", "warm"));
        scene.Buildpack("caches", compile: "cat $2/a/b");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("warm"));
        Assert.That(scene.Lines, Has.Some.Match("-----> Cache restored: [0-9]+ bytes from build b0"));
    }

    [Test]
    public async Task Should_say_why_there_is_none()
    {
        scene.Buildpack("plain");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("-----> No cache restored: nobody left one"));
    }

    [Test]
    public async Task Should_warn_of_a_bad_one_and_go_on_without_it()
    {
        scene.Service.Cache = [1, 2, 3, 4];
        scene.Buildpack("caches", compile: "ls -A $2 | wc -l");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3131: build cache cannot be restored"));
        Assert.That(scene.Lines, Has.Some.EqualTo("0"));
    }

    [Test]
    public async Task Should_go_on_without_one_that_is_whole_but_not_what_was_kept()
    {
        await KeepAsync(("./a/b", "warm"));
        scene.Service.CacheDigest = Digest.Of([]);
        scene.Buildpack("caches", compile: "ls -A $2 | wc -l");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3131").And.Some.Contains("build b0 left is damaged"));
        Assert.That(scene.Lines, Has.Some.EqualTo("0"));
    }

    [Test]
    public async Task Should_not_keep_an_empty_one()
    {
        scene.Buildpack("plain");

        await scene.RunAsync();

        Assert.That(scene.Service.KeptCache, Is.Null);
    }

    [Test]
    public async Task Should_drop_what_was_not_used_for_longest_when_it_is_over_its_budget()
    {
        const string uses = "1700000000 yesterday\n1600000000 last-year\n1600000001 read-now\n";
        await KeepAsync(("./.slug-uses", uses), ("./yesterday/f", Text(4000)), ("./last-year/f", Text(4000)), ("./read-now/f", Text(4000)));
        scene.CacheLimit = 20_000;
        scene.Buildpack("caches", compile: "sleep 0.1; cat $2/read-now/f >/dev/null; mkdir $2/new; head -c 4000 /dev/zero >$2/new/f");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.Match("Cache is 2[0-9] KB, its budget 20 KB: dropped 'last-year' \\([0-9] KB\\)$"));
        Assert.That(Kept(), Is.SupersetOf((string[])["./yesterday/f", "./read-now/f", "./new/f"]).And.No.Member("./last-year/f"));
    }

    [Test]
    public async Task Should_drop_read_only_folders_too()
    {
        scene.CacheLimit = 1000;
        scene.Buildpack("caches", compile: "mkdir -p $2/go/mod && echo module >$2/go/mod/f && chmod -R a-w $2/go");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("dropped 'go'"));
        Assert.That(scene.Service.KeptCache, Is.Null);
        // So that the scene's folder can be removed by who is not root.
        File.SetUnixFileMode(Path.Combine(scene.Paths.Cache + ".dropped", "0", "mod"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Test]
    public async Task Should_keep_the_times_of_use_from_buildpacks()
    {
        await KeepAsync(("./.slug-uses", "1600000000 a\n"), ("./a/b", "warm"));
        scene.Buildpack("caches", compile: "ls -A $2");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("a").And.None.Contains("slug-uses"));
        Assert.That(Kept(), Has.Member("./.slug-uses"));
    }

    private async Task KeepAsync(params (string Name, string Content)[] files)
    {
        var bytes = new MemoryStream();
        await using (var compressed = new ZstdCompressStream(bytes, 1, 0))
            await compressed.WriteAsync(TarBytes.Of(files));
        scene.Service.Cache = bytes.ToArray();
    }

    private static string Text(int length) => new('x', length);

    private IReadOnlyList<string> Kept() => TarBytes.Names(scene.Service.KeptCache!);
}
