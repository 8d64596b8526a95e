namespace Slug.Acceptance.Buildpacks;

/// <summary>A pyproject.toml, its package in a folder of the repository, and a manage.py that stands for Django's.</summary>
[Parallelizable]
public sealed class When_pushing_a_Python_project
{
    private WarmAndCold pushed = null!;

    [OneTimeSetUp]
    public async Task PushAsync() =>
        pushed = await WarmAndCold.PushAsync(
            WarmAndCold.Fixture("pyproject"), new Dictionary<string, string> { ["changed.py"] = "print('changed')\n" }, "PIP_NO_INDEX=1", "PIP_FIND_LINKS=wheels");

    [OneTimeTearDown]
    public void RemoveFolder() => pushed.Dispose();

    [Test]
    public void Should_install_its_dependencies()
    {
        Assert.That(pushed.First.ExitCode, Is.Zero, pushed.First.Output);
        Assert.That(pushed.First.Output, Does.Contain("(.python-version: 3.11)").And.Contains("pip install (pyproject.toml)").And.Contains("Successfully installed greeting-1.0.0"));
    }

    [Test]
    public void Should_collect_static_files() =>
        Assert.That(pushed.First.Output, Does.Contain("python manage.py collectstatic --noinput").And.Contains("1 static file copied"));

    [Test]
    public void Should_not_run_pip_where_the_dependencies_are_unchanged()
    {
        Assert.That(pushed.Second.ExitCode, Is.Zero, pushed.Second.Output);
        Assert.That(pushed.Second.Output, Does.Contain("Dependencies of python: kept, ").And.Not.Contain("pip install").And.Contains("1 static file copied"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_find_packages_and_static_files_when_it_runs(CancellationToken cancellationToken) =>
        Assert.That(await pushed.SaysAsync(["python", "-c", "import greeting; print(greeting.greet(open('static/name').read()))"], cancellationToken), Does.Contain("Hello from Django"));

    [Test, CancelAfter(300_000)]
    public async Task Should_become_the_same_droplet_with_and_without_a_cache(CancellationToken cancellationToken) =>
        await pushed.IsTheSameDropletFromNothingAsync(cancellationToken);

    [Test, CancelAfter(180_000)]
    public async Task Should_leave_static_files_alone_if_told_so(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string> { ["requirements.txt"] = "", ["manage.py"] = "# Stands for django's.\nraise SystemExit(1)\n" }, cancellationToken);
        await Slugs.Real.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Real.SlugAsync(cancellationToken, "config", app, "DISABLE_COLLECTSTATIC=1");

        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("skipped: DISABLE_COLLECTSTATIC is set"));
    }
}
