namespace Slug.Acceptance.Sources;

[Parallelizable]
public class When_pushing_a_monorepo
{
    [Test, CancelAfter(120_000)]
    public async Task Should_build_each_app_from_its_folder_and_answer_from_the_cache_while_that_is_unchanged(CancellationToken cancellationToken)
    {
        var (web, api) = (Slugs.NewName(), Slugs.NewName());
        using var folder = await GitFolder.OfSampleAsync("monorepo", cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Real, web, cancellationToken, "-o", "dir=apps/web", "main")).Output, Does.Contain("Static").IgnoreCase.And.Contains("Released v1"));
        await Slugs.Real.SlugAsync(cancellationToken, "apps", "create", api);
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "apps", "set", api, "--dir", "apps/api")).Output, Does.Contain("apps/api"));
        Assert.That((await folder.PushAsync(Slugs.Real, api, cancellationToken)).Output, Does.Contain("Released v1"));

        await folder.CommitAsync(new Dictionary<string, string> { ["apps/api/notes"] = "changed\n" }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Real, web, cancellationToken, "-o", "dir=apps/web/", "main")).Output, Does.Contain("is current").And.Contains("Released v2"));
        Assert.That((await folder.PushAsync(Slugs.Real, api, cancellationToken)).Output, Does.Not.Contain("is current").And.Contains("Released v2"));

        await AnswersAsync(web, "Hello from apps/web", cancellationToken);
        await AnswersAsync(api, "Hello from apps/api", cancellationToken);
        foreach (var app in (string[])[web, api])
            Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "verify", app)).Output, Does.Contain("Identical: sha256:"));
    }

    [TestCase("apps/none", "SLUG2301")]
    [TestCase("apps/web/static.json", "SLUG2302")]
    [TestCase("apps/../..", "SLUG1302")]
    [CancelAfter(60_000)]
    public async Task Should_refuse_a_directory_that_is_none(string directory, string code, CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfSampleAsync("monorepo", cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken, "-o", $"dir={directory}", "main");
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(code).And.Contains(directory));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_a_setting_that_leads_outside(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        await Slugs.Real.SlugAsync(cancellationToken, "apps", "create", app);
        var set = await Slugs.Real.SlugAsync(cancellationToken, "apps", "set", app, "--dir", "../other");
        Assert.That(set.ExitCode, Is.EqualTo(1));
        Assert.That(set.Output, Does.Contain("SLUG2303"));
    }

    private static async Task AnswersAsync(string app, string words, CancellationToken cancellationToken)
    {
        await using var running = RunningApp.Start(Slugs.Real, app);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Does.Contain(words));
        await running.StopAsync(cancellationToken);
    }
}
