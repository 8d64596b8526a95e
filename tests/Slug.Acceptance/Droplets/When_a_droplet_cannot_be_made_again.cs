using Dapper;
using Slug.Hosting;

namespace Slug.Acceptance.Droplets;

[Parallelizable]
public class When_a_droplet_cannot_be_made_again
{
    // Of each of these apps the record names something that this machine has not: as if it had been made elsewhere, or long ago.
    private static readonly Change[] losses =
    [
        new("lost-stack", "$.stack.buildImage", "sha256:" + new string('1', 64)),
        new("lost-buildpack", "$.buildpacks[0].digest", "sha256:" + new string('2', 64)),
        new("lost-builder", "$.builder", "sha256:" + new string('3', 64)),
        new("lost-source", "$.source.tree", new string('4', 40)),
        new("lost-environment", "$.environment.LANG", "C"),
    ];

    private Installation slug = null!;
    private string damaged = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], patience.Token);
        using var folder = await Slugs.AppThatAsync("echo made >mark", patience.Token);
        foreach (var app in (string[])[.. losses.Select(loss => loss.App), "older", "failing"])
            Assert.That((await folder.PushAsync(slug, app, patience.Token)).Output, Does.Contain("Released v1"));
        await folder.CommitAsync(new Dictionary<string, string> { ["more"] = "another layer" }, patience.Token);
        Assert.That((await folder.PushAsync(slug, "damaged", patience.Token)).Output, Does.Contain("Released v1"));
        damaged = StoredDroplet.PathOf(slug, (await StoredDroplet.OfAsync(slug, "damaged", patience.Token)).Layer);
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo the offer has ended; exit 7" }, patience.Token);
        await folder.PushAsync(slug, "failing", patience.Token, "HEAD:refs/heads/another");
        var source = await folder.GitAsync(patience.Token, "rev-parse", "HEAD", "HEAD^{tree}");
        // The service is down meanwhile: its database is its own.
        await slug.StopAsync(patience.Token);
        var (commit, tree) = (source.Output.Split('\n')[0], source.Output.Split('\n')[1]);
        Change[] other = [new("failing", "$.source.commit", commit), new("failing", "$.source.tree", tree), new("failing", "$.environment.SOURCE_VERSION", commit)];
        await ChangeAsync([.. losses, .. other], patience.Token);
        await slug.ServeAsync(patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await slug.DisposeAsync();

    [TestCase("lost-stack", "SLUG4184", "slug stacks build bookworm", TestName = "Should_name_a_stack_that_is_gone")]
    [TestCase("lost-buildpack", "SLUG4185", "(sha256:2222", TestName = "Should_name_a_buildpack_that_is_gone")]
    [TestCase("lost-builder", "SLUG4183", "builder '333333333333'", TestName = "Should_name_another_Slug_that_made_it")]
    [TestCase("lost-source", "SLUG4182", "git push -f slug", TestName = "Should_name_a_source_that_is_gone")]
    [TestCase("lost-environment", "SLUG4190", ": LANG;", TestName = "Should_name_what_differs_in_the_environment")]
    [CancelAfter(60_000)]
    public async Task Should_name_what_is_gone(string app, string code, string words, CancellationToken cancellationToken)
    {
        await AssertImpossibleAsync(app, code, words, cancellationToken);
        Assert.That((await slug.SlugAsync(cancellationToken, "builds", app)).Output, Does.Contain("verified: unverifiable"));
    }

    [Test, CancelAfter(60_000)]
    public Task Should_say_so_of_a_droplet_that_an_older_Slug_made(CancellationToken cancellationToken) =>
        AssertImpossibleAsync("older", "SLUG4150", "-o no-cache", cancellationToken);

    [Test, CancelAfter(60_000)]
    public async Task Should_name_the_blob_that_is_damaged(CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(damaged, cancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(damaged, bytes, cancellationToken);

        await AssertImpossibleAsync("damaged", "SLUG4187", $"sha256:{Path.GetFileName(damaged)}", cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_told_that_the_rebuild_failed(CancellationToken cancellationToken)
    {
        await AssertImpossibleAsync("failing", "SLUG3141", "bin/compile of buildpack 'script' exited with 7", cancellationToken);
        var verified = await slug.SlugAsync(cancellationToken, "verify", "failing", "--verbose");
        Assert.That(verified.Output, Does.Contain("the offer has ended").And.Contains("was not made again").And.Not.Contain("Push rejected"));
        Assert.That((await slug.SlugAsync(cancellationToken, "verify", "failing", "--json")).Output, Does.Contain("\"message\": \"SLUG3141"));
    }

    private async Task AssertImpossibleAsync(string app, string code, string words, CancellationToken cancellationToken)
    {
        var verified = await slug.SlugAsync(cancellationToken, "verify", app);
        Assert.That(verified.ExitCode, Is.EqualTo(3), verified.Output);
        Assert.That(verified.Output, Does.Contain(code).And.Contains(words));
    }

    private async Task ChangeAsync(IEnumerable<Change> changes, CancellationToken cancellationToken)
    {
        using var database = new Database(new(slug.Data));
        foreach (var change in changes)
            await database.WriteAsync(
                db => db.Execute("update droplet_records set record = json_set(record, @Member, @Value) where app_id = (select id from apps where name = @App)", change), cancellationToken);
        await database.WriteAsync(db => db.Execute("delete from droplet_records where app_id = (select id from apps where name = 'older')"), cancellationToken);
    }

    private sealed record Change(string App, string Member, string Value);
}
