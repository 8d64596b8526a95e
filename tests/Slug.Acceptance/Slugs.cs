namespace Slug.Acceptance;

/// <summary>The installations that tests share: one with the built-in buildpacks, one in which an app's own compile.sh says what its build does.</summary>
[SetUpFixture]
internal sealed class Slugs
{
    private static Installation? real;
    private static Installation? other;
    private static Installation? scripted;

    /// <summary>As users have it.</summary>
    public static Installation Real => real ?? throw new InvalidOperationException("not set up");

    /// <summary>A second one, that shares nothing with the first but the engine.</summary>
    public static Installation Other => other ?? throw new InvalidOperationException("not set up");

    /// <summary>With the buildpacks of <c>Fixtures</c>.</summary>
    public static Installation Scripted => scripted ?? throw new InvalidOperationException("not set up");

    public static string ScriptBuildpacks { get; } = Path.Combine(Repository.Root, "tests", "Slug.Acceptance", "Fixtures", "buildpacks");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Patience();
        real = await Installation.StartAsync([], patience.Token);
        other = await Installation.StartAsync([], patience.Token);
        scripted = await Installation.StartAsync(["--buildpacks", ScriptBuildpacks], patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var installation in new[] { real, other, scripted }.OfType<Installation>())
            await installation.DisposeAsync();
    }

    /// <summary>How long a set-up may take; NUnit cancels tests alone.</summary>
    public static CancellationTokenSource Patience() => new(TimeSpan.FromMinutes(2));

    /// <summary>An app whose build is this script.</summary>
    public static Task<GitFolder> AppThatAsync(string script, CancellationToken cancellationToken) =>
        GitFolder.OfAsync(new Dictionary<string, string> { ["compile.sh"] = script, ["Procfile"] = "web: sleep infinity\n" }, cancellationToken);

    /// <summary>A name that no other test uses.</summary>
    public static string NewName() => $"app-{Guid.NewGuid():N}"[..16];
}
