namespace Slug.Acceptance.Bootstrap;

[Parallelizable]
public class When_a_bootstrap_ends_early
{
    private string temporary = null!;

    [SetUp]
    public void Create() => temporary = Directory.CreateTempSubdirectory("slug-bs-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(temporary, recursive: true);

    [Test, CancelAfter(120_000)]
    public async Task Should_name_the_stage_that_does_not_compile_and_leave_nothing(CancellationToken cancellationToken)
    {
        using var source = await SmallSource.WithAsync("""<Target Name="Refuse" BeforeTargets="CoreCompile"><Error Text="not today" /></Target>""", cancellationToken);
        await using var bootstrap = Start(source);
        await bootstrap.SaysAsync("Publishing slug", cancellationToken);
        var stage = LabelOfFirstStage();

        var ended = await bootstrap.EndAsync(cancellationToken);

        Assert.That(ended.ExitCode, Is.EqualTo(1), ended.Output);
        Assert.That(ended.Output, Does.Contain("not today").And.Contains("SLUG9802: stage 1 did not compile"));
        await NothingIsLeftAsync(stage, cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_leave_nothing_when_it_is_interrupted(CancellationToken cancellationToken)
    {
        using var source = await SmallSource.WithAsync("""<Target Name="Wait" BeforeTargets="CoreCompile"><Exec Command="sleep 300" /></Target>""", cancellationToken);
        await using var bootstrap = Start(source);
        await bootstrap.SaysAsync("Publishing slug", cancellationToken);
        var stage = LabelOfFirstStage();

        await bootstrap.SignalAsync("INT", cancellationToken);
        var ended = await bootstrap.EndAsync(cancellationToken);

        Assert.That(ended.ExitCode, Is.EqualTo(130), ended.Output);
        await NothingIsLeftAsync(stage, cancellationToken);
    }

    // Who starts the tests in the background lets them, and all below them, ignore Ctrl-C.
    private RunningProgram Start(GitFolder source) =>
        RunningProgram.Start(
            "env", ["--default-signal=INT", Installation.Program, "bootstrap", "--data", Path.Combine(temporary, "data")],
            environment: new Dictionary<string, string> { ["SLUG_ROOT"] = source.Path, ["TMPDIR"] = temporary });

    private string LabelOfFirstStage()
    {
        var ground = Directory.GetDirectories(temporary, "slug-bootstrap-*").Single();
        return $"slug={File.ReadAllText(Path.Combine(ground, "1", "instance")).Trim()}";
    }

    private async Task NothingIsLeftAsync(string label, CancellationToken cancellationToken)
    {
        Assert.That(Directory.EnumerateFileSystemEntries(temporary, "slug-*"), Is.Empty);
        Assert.That(await Docker.ContainersAsync(label, cancellationToken), Is.Empty);
        var networks = await Docker.RunAsync(cancellationToken, "network", "ls", "--quiet", "--filter", $"label={label}");
        Assert.That(networks.Output.Trim(), Is.Empty);
    }
}
