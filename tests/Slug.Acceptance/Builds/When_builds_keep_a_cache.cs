using System.Text.RegularExpressions;

namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_builds_keep_a_cache
{
    private const string Script = "echo \"found $(cat $CACHE_DIR/mark 2>/dev/null || echo nothing)\"; echo MARK >$CACHE_DIR/mark";

    [Test, CancelAfter(120_000)]
    public async Task Should_say_what_was_restored_from_which_build_and_why_not_at_first(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Marking("one"), cancellationToken);
        var first = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That(first.Output, Does.Contain($"No cache restored: no build of '{app}' on bookworm has left one").And.Contains("found nothing"));

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("two") }, cancellationToken);
        var second = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var builds = (await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app, "--json")).Output;
        Assert.That(second.Output, Does.Contain("found one"));
        Assert.That(builds, Does.Contain(Regex.Match(second.Output, "Cache restored: [0-9]+ bytes from build ([0-9a-f-]{36})").Groups[1].Value));

        using var stranger = await Slugs.AppThatAsync(Marking("other"), cancellationToken);
        Assert.That((await stranger.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken)).Output, Does.Contain("found nothing"), "never shared");
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_pass_over_it_clear_it_and_show_it_when_asked(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Marking("one"), cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        await EventuallyKeptAsync(app, cancellationToken);

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("two") + "; exit 1" }, cancellationToken);
        var without = await PushWithAsync(folder, app, "no-cache", cancellationToken);
        Assert.That(without.Output, Does.Contain("No cache restored: the push asked for none (-o no-cache)").And.Contains("found nothing"));

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("three") }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("found one"), "it was left where it is");

        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        var known = await PushWithAsync(folder, app, "clear-cache", cancellationToken);
        Assert.That(known.Output, Does.Contain("the push cleared it (-o clear-cache)").And.Contains("found nothing"), "a known tree is built all the same");

        await EventuallyKeptAsync(app, cancellationToken);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "cache", app, "clear")).Output, Does.StartWith("Cleared "));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "cache", app, "show", "--json")).Output.Trim(), Is.EqualTo("[]"));
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("four") }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Match("No cache restored: it was cleared at 20[0-9-]+ "));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_a_push_option_that_there_is_not(CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        var push = await PushWithAsync(folder, Slugs.NewName(), "no-cash", cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG1301: 'no-cash' is not a push option"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_build_without_one_that_is_damaged_and_say_so(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("head -c 100000 /dev/urandom >$CACHE_DIR/noise; " + Marking("one"), cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var kept = await EventuallyKeptAsync(app, cancellationToken);
        await using (var file = File.OpenWrite(kept))
        {
            file.Position = 50_000;
            file.WriteByte((byte)'!');
        }

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("two") }, cancellationToken);
        var second = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That(second.Output, Does.Contain("SLUG3131").And.Contains("found nothing").And.Contains("Released v2"));

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Marking("three") }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Cache restored").And.Contains("found two"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_drop_what_was_unused_for_longest_to_stay_in_its_budget(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--cache-limit", "1MB"], cancellationToken);
        using var folder = await Slugs.AppThatAsync("cd $CACHE_DIR; mkdir old used; head -c 400000 /dev/urandom >old/f; head -c 400000 /dev/urandom >used/f", cancellationToken);
        Assert.That((await folder.PushAsync(slug, "budget", cancellationToken)).Output, Does.Contain("Released v1").And.Not.Contains("dropped"));

        // Times of use are told apart by the second.
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "sleep 1.1; cd $CACHE_DIR; cksum used/f; mkdir new; head -c 400000 /dev/urandom >new/f" }, cancellationToken);
        var second = await folder.PushAsync(slug, "budget", cancellationToken);
        Assert.That(second.Output, Does.Contain("its budget 1 MB: dropped 'old' (401 KB)").And.Contains("Released v2"));

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo left: $(ls $CACHE_DIR)" }, cancellationToken);
        Assert.That((await folder.PushAsync(slug, "budget", cancellationToken)).Output, Does.Contain("left: new used"));
    }

    private static string Marking(string mark) => Script.Replace("MARK", mark, StringComparison.Ordinal);

    private static Task<ProgramResult> PushWithAsync(GitFolder folder, string app, string option, CancellationToken cancellationToken) =>
        folder.GitAsync(cancellationToken, "push", "-o", option, Slugs.Scripted.RemoteOf(app), "main");

    // The pusher does not wait for it.
    private static async Task<string> EventuallyKeptAsync(string app, CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(
            async () => (await Slugs.Scripted.SlugAsync(cancellationToken, "cache", app, "--json")).Output.Contains("bookworm", StringComparison.Ordinal), cancellationToken);
        return Directory.EnumerateFiles(Path.Combine(Slugs.Scripted.Data, "caches"), $"{await Slugs.Scripted.IdOfAsync(app, cancellationToken)}.*.tar.zst").OrderByDescending(File.GetLastWriteTimeUtc).First();
    }
}
