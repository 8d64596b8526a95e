namespace Slug.Acceptance.Buildpacks;

/// <summary>One app that is pushed in many versions, each the first with other files in it: what the first push cached serves them all.</summary>
internal sealed class ChangingApp : IDisposable
{
    private readonly string name = Slugs.NewName();

    private ChangingApp(GitFolder folder) => Folder = folder;

    public GitFolder Folder { get; }

    public ProgramResult FirstPush { get; private set; } = null!;

    /// <summary>Pushes a sample with these files in it.</summary>
    public static async Task<ChangingApp> OfSampleAsync(string sample, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var app = new ChangingApp(await GitFolder.OfSampleAsync(sample, cancellationToken));
        await app.Folder.CommitAsync(files, cancellationToken);
        app.FirstPush = await app.Folder.PushAsync(Slugs.Real, app.name, cancellationToken);
        await app.Folder.GitAsync(cancellationToken, "tag", "first");
        return app;
    }

    /// <summary>Pushes the first version with these files over it.</summary>
    public async Task<ProgramResult> PushAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        await Folder.GitAsync(cancellationToken, "reset", "--quiet", "--hard", "first");
        await Folder.CommitAsync(files, cancellationToken);
        return await Folder.PushAsync(Slugs.Real, name, cancellationToken, "--force", "main");
    }

    public Task<ProgramResult> ConfigureAsync(CancellationToken cancellationToken, params string[] vars) =>
        Slugs.Real.SlugAsync(cancellationToken, ["config", name, .. vars]);

    public Task<ProgramResult> RunAsync(string command, CancellationToken cancellationToken) =>
        Slugs.Real.SlugAsync(cancellationToken, "run", name, command);

    public void Dispose() => Folder.Dispose();
}
