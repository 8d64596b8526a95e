namespace Slug.Acceptance.Buildpacks;

/// <summary>One app that is pushed in many versions, each the first with other files in it: what the first push cached serves them all.</summary>
internal sealed class ChangingApp : IDisposable
{
    public string Name { get; } = Slugs.NewName();

    private ChangingApp(GitFolder folder) => Folder = folder;

    public GitFolder Folder { get; }

    public ProgramResult FirstPush { get; private set; } = null!;

    /// <summary>Pushes a sample with these files in it, in a set-up: its build fetches a toolchain.</summary>
    public static async Task<ChangingApp> OfSampleAsync(string sample, params (string Name, string Content)[] files)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var app = new ChangingApp(await GitFolder.OfSampleAsync(sample, patience.Token));
        await app.Folder.CommitAsync(files.ToDictionary(file => file.Name, file => file.Content), patience.Token);
        app.FirstPush = await app.Folder.PushAsync(Slugs.Real, app.Name, patience.Token);
        await app.Folder.GitAsync(patience.Token, "tag", "first");
        return app;
    }

    /// <summary>Pushes the first version with these files over it.</summary>
    public async Task<ProgramResult> PushAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        await Folder.GitAsync(cancellationToken, "reset", "--quiet", "--hard", "first");
        await Folder.CommitAsync(files, cancellationToken);
        return await Folder.PushAsync(Slugs.Real, Name, cancellationToken, "--force", "main");
    }

    public Task<ProgramResult> ConfigureAsync(CancellationToken cancellationToken, params string[] vars) =>
        Slugs.Real.SlugAsync(cancellationToken, ["config", Name, .. vars]);

    public Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params string[] command) =>
        Slugs.Real.SlugAsync(cancellationToken, ["run", Name, .. command]);

    public void Dispose() => Folder.Dispose();
}
