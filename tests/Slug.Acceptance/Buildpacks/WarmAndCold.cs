using System.Text.RegularExpressions;

namespace Slug.Acceptance.Buildpacks;

/// <summary>An app that one installation knows from an earlier commit, and another sees for the first time.</summary>
internal sealed partial class WarmAndCold : IDisposable
{
    private readonly string app = Slugs.NewName();
    private readonly GitFolder folder;

    private WarmAndCold(GitFolder folder) => this.folder = folder;

    /// <summary>The first push, without a cache.</summary>
    public ProgramResult First { get; private set; } = null!;

    /// <summary>The push after a change, with the first one's cache.</summary>
    public ProgramResult Second { get; private set; } = null!;

    /// <summary>An app of the folder <c>Fixtures/apps</c>.</summary>
    public static string Fixture(string name) => Path.Combine(Repository.Root, "tests", "Slug.Acceptance", "Fixtures", "apps", name);

    /// <summary>Pushes a folder, and then again with these files changed. For a set-up: NUnit gives it no patience of its own.</summary>
    public static async Task<WarmAndCold> PushAsync(string path, IReadOnlyDictionary<string, string> change, params string[] configVars)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        var pushed = new WarmAndCold(await GitFolder.OfCopyAsync(path, patience.Token));
        foreach (var installation in new[] { Slugs.Real, Slugs.Other }.Where(_ => configVars.Length > 0))
        {
            await installation.SlugAsync(patience.Token, "apps", "create", pushed.app);
            await installation.SlugAsync(patience.Token, ["config", pushed.app, .. configVars]);
        }

        pushed.First = await pushed.folder.PushAsync(Slugs.Real, pushed.app, patience.Token);
        await pushed.folder.CommitAsync(change, patience.Token);
        pushed.Second = await pushed.folder.PushAsync(Slugs.Real, pushed.app, patience.Token);
        return pushed;
    }

    /// <summary>What a command of the app says, run from the second push's droplet.</summary>
    public async Task<string> SaysAsync(string[] command, CancellationToken cancellationToken) =>
        (await Slugs.Real.SlugAsync(cancellationToken, ["run", app, .. command])).Output;

    /// <summary>Pushes the change where nothing is cached, and compares what became of it.</summary>
    public async Task IsTheSameDropletFromNothingAsync(CancellationToken cancellationToken)
    {
        var push = await folder.PushAsync(Slugs.Other, app, cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(await DropletAsync(Slugs.Real, cancellationToken), Is.EqualTo(await DropletAsync(Slugs.Other, cancellationToken)));
    }

    public void Dispose() => folder.Dispose();

    // The latest comes first.
    private async Task<string> DropletAsync(Installation slug, CancellationToken cancellationToken) =>
        Digest().Match((await slug.SlugAsync(cancellationToken, "droplets", app, "--json")).Output).Value;

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();
}
