namespace Slug.Acceptance.Buildpacks;

[TestFixture("npm-workspaces", "npm", "npm 11.", "package-lock.json")]
[TestFixture("yarn-classic", "yarn", "yarn 1.22.22 (yarn.lock)", "yarn.lock")]
[TestFixture("yarn-berry", "yarn", "yarn 4.18.1 (packageManager)", "yarn.lock")]
[TestFixture("pnpm", "pnpm", "pnpm 10.34.8 (pnpm-lock.yaml)", "pnpm-lock.yaml")]
[Parallelizable]
public sealed class When_pushing_a_package_manager_s_app(string app, string manager, string chosen, string lockfile)
{
    private WarmAndCold pushed = null!;

    [OneTimeSetUp]
    public async Task PushAsync() =>
        pushed = await WarmAndCold.PushAsync(WarmAndCold.Fixture(app), new Dictionary<string, string> { ["changed.js"] = "console.log('changed');\n" });

    [OneTimeTearDown]
    public void RemoveFolder() => pushed.Dispose();

    [Test]
    public void Should_install_with_it()
    {
        Assert.That(pushed.First.ExitCode, Is.Zero, pushed.First.Output);
        Assert.That(pushed.First.Output, Does.Contain(chosen).And.Contains($"({lockfile})"));
    }

    [Test]
    public void Should_not_run_it_where_the_lockfile_is_unchanged()
    {
        Assert.That(pushed.Second.ExitCode, Is.Zero, pushed.Second.Output);
        Assert.That(pushed.Second.Output, Does.Contain("Dependencies of nodejs: kept, ").And.Not.Contain("Installing dependencies"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_find_its_packages_when_it_runs(CancellationToken cancellationToken) =>
        Assert.That(await pushed.SaysAsync([manager, "run", "hello"], cancellationToken), Does.Contain("Hello after 120000 ms"));

    [Test, CancelAfter(300_000)]
    public async Task Should_become_the_same_droplet_with_and_without_a_cache(CancellationToken cancellationToken) =>
        await pushed.IsTheSameDropletFromNothingAsync(cancellationToken);
}
