using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Sources;
using Slug.Tests.Pushes;
using Slug.Tests.Pushes.LargeFiles;
using Slug.Verifications;

namespace Slug.Tests.Webhooks.Incoming;

/// <summary>Two commits came, each with another large file and another commit of a submodule. Without an engine both builds fail, and of failed builds the newest is kept.</summary>
[CancelAfter(60_000)]
internal sealed class When_what_was_fetched_is_swept : HookSituation
{
    private PushHost forge = null!;
    private App app = null!;
    private FetchedCommit first = null!;
    private FetchedCommit second = null!;

    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Remotes:Allow", "127.0.0.0/8"), new("Retention:KeepBuilds", "1")];

    private Slug.Pushes.Repository Fetched => Slug.Pushes.Repository.OfFetched(app, Get<DataDirectory>());

    [SetUp]
    public async Task DeliverAsync()
    {
        var stop = TestContext.CurrentContext.CancellationToken;
        forge = await PushHost.StartAsync();
        app = await Get<AppStore>().FindOrCreateAsync(AppName.Parse($"app-{Guid.NewGuid():N}"[..16]), "tests", stop);
        using var client = await GitClient.CreateAsync(forge);
        using var library = await GitClient.CreateAsync(forge, "lib");
        var hook = await HookAsync(Sender.GitHub, stop, $"{forge.Address}sample.git", $"{app.Name}", forge.Token);
        first = await DeliverAsync(hook, client, library, "first", stop);
        second = await DeliverAsync(hook, client, library, "second", stop);
    }

    [TearDown]
    public async Task EndAsync() => await forge.DisposeAsync();

    [Test]
    public async Task What_no_build_needs_goes_with_its_submodules_and_large_files(CancellationToken cancellationToken)
    {
        Assert.That((await HasAsync(first.Commit), await HasAsync(first.Module), HasFile(first)), Is.EqualTo((true, true, true)));

        var rehearsed = await SweepAsync(rehearse: true, cancellationToken);
        Assert.That(rehearsed.Count, Is.EqualTo(1));
        Assert.That(rehearsed.Bytes, Is.GreaterThan(3000));
        Assert.That(await HasAsync(first.Commit), "a rehearsal removes nothing");
        Assert.That(await SweepAsync(rehearse: false, cancellationToken), Is.EqualTo(rehearsed));

        Assert.That((await HasAsync(first.Commit), await HasAsync(first.Module), HasFile(first)), Is.EqualTo((false, false, false)));
        Assert.That((await HasAsync(second.Commit), await HasAsync(second.Module), HasFile(second)), Is.EqualTo((true, true, true)));
        Assert.That((await GitAsync("fsck", "--strict", "--connectivity-only")).Succeeded);
        Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.Zero);
    }

    [Test]
    public async Task What_a_kept_droplet_was_made_of_stays_to_be_verified(CancellationToken cancellationToken)
    {
        var recorded = await RecordAsync(first, cancellationToken);
        Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.Zero);
        Assert.That(await Get<RecordedSources>().FindAsync(app, recorded, cancellationToken), Is.Not.Null);

        await DeliverAgainAsync(cancellationToken);
        Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.EqualTo(1), "of two builds of one commit the older one");
        var source = await Get<RecordedSources>().FindAsync(app, recorded, cancellationToken);
        Assert.That(source?.MadeCommit?.ToString(), Is.EqualTo(recorded.MadeCommit));
        using var tar = new MemoryStream();
        await Get<SourceArchive>().WriteAsync(source!, tar, cancellationToken);
        Assert.That(System.Text.Encoding.UTF8.GetString(tar.ToArray()), Does.Contain(first.File));
    }

    [Test]
    public async Task An_app_that_is_busy_is_left_alone(CancellationToken cancellationToken)
    {
        using (Get<PushTurns>().Enter(app.Id))
            Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.Zero);
        Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_repository_that_is_damaged_keeps_nothing_else_from_being_swept(CancellationToken cancellationToken)
    {
        foreach (var pack in Directory.GetFiles(Path.Combine(Fetched.Objects, "pack")))
            File.Delete(pack);
        Assert.That((await SweepAsync(rehearse: false, cancellationToken)).Count, Is.Zero);
    }

    private T Get<T>()
        where T : notnull => Service.Services.GetRequiredService<T>();

    private async Task<FetchedCommit> DeliverAsync(MadeHook hook, GitClient client, GitClient library, string word, CancellationToken cancellationToken)
    {
        var file = word + new string('l', 3000);
        using var files = new LargeFileClient(forge);
        await files.UploadAsync(file);
        var module = await library.CommitAsync("lib.txt", word);
        await library.PushAsync("main");
        await client.GitAsync("config", "-f", ".gitmodules", "submodule.lib.path", "lib");
        await client.GitAsync("config", "-f", ".gitmodules", "submodule.lib.url", "../lib.git");
        await client.GitAsync("add", ".gitmodules");
        await client.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{module},lib");
        await File.WriteAllTextAsync(Path.Combine(client.Folder, "large.bin"), LargeFileClient.PointerOf(file), cancellationToken);
        await client.GitAsync("add", "large.bin", ".gitmodules");
        await client.GitAsync("commit", "-q", "-m", word);
        var commit = await client.HeadAsync();
        await client.PushAsync("main");
        await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf(Main, commit, $"{forge.Address}sample.git"), hook.Secret), cancellationToken);
        await EndedAsync(hook, cancellationToken);
        return new(BuildOf(commit).Single(), commit, module, file);
    }

    /// <summary>The second commit by another hook.</summary>
    private async Task DeliverAgainAsync(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitHub, cancellationToken, $"{forge.Address}sample.git", $"{app.Name}", forge.Token);
        await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf(Main, second.Commit, $"{forge.Address}sample.git"), hook.Secret), cancellationToken);
        await EndedAsync(hook, cancellationToken);
    }

    private IEnumerable<Guid> BuildOf(string commit) =>
        new References(Fetched).Below("refs/slug/builds").Where(held => $"{held.Value}" == commit).Select(held => Guid.Parse(Path.GetFileName(held.Key)));

    private async Task<RecordedSource> RecordAsync(FetchedCommit fetched, CancellationToken cancellationToken)
    {
        var push = new Push
        {
            Id = fetched.Build,
            App = app,
            Branch = "main",
            OldCommit = ObjectId.Zero,
            NewCommit = ObjectId.Parse(fetched.Commit),
            Repository = Fetched,
            Quarantine = null,
            Origin = new(new(forge.Address, "sample.git"), new("git", forge.Token)),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        };
        var source = ((SourceResult.Read)await Get<SourceReader>().ReadAsync(push, cancellationToken)).Source;
        var recorded = new RecordedSource { Commit = fetched.Commit, Tree = $"{source.Tree}", Branch = "main", Folder = ".", MadeCommit = $"{source.MadeCommit}", LargeFilesOf = source.LargeFilesOf };
        var json = new JsonObject { ["source"] = new JsonObject { ["commit"] = recorded.Commit, ["madeCommit"] = recorded.MadeCommit } }.ToJsonString();
        await Get<Database>().WriteAsync(
            db =>
            {
                var droplet = $"sha256:{Guid.NewGuid():N}{Guid.NewGuid():N}";
                db.Execute("insert into droplets (digest, manifest, processes, stack, size, created_at) values (@droplet, @droplet, '[]', 'slug-24', 0, @now)", new { droplet, now = TimeProvider.System.GetUtcNow() });
                db.Execute("insert into app_droplets (app_id, key, droplet, build_id, created_at) values (@Id, 'key', @droplet, @Build, @now)", new { app.Id, droplet, fetched.Build, now = TimeProvider.System.GetUtcNow() });
                return db.Execute("insert into droplet_records (build_id, app_id, droplet, record, created_at) values (@Build, @Id, @droplet, @json, @now)", new { fetched.Build, app.Id, droplet, json, now = TimeProvider.System.GetUtcNow() });
            },
            cancellationToken);
        return recorded;
    }

    private async Task<Swept> SweepAsync(bool rehearse, CancellationToken cancellationToken) =>
        (await Get<Retention>().SweepAsync(rehearse, "tests", cancellationToken)).Single(swept => swept.Kind == "fetched commits");

    private async Task<bool> HasAsync(string commit) => (await GitAsync("cat-file", "-e", commit)).Succeeded;

    private bool HasFile(FetchedCommit fetched) => Get<LargeFileStore>().FetchedOf(app.Id).List().Any(file => file.Hex == LargeFileClient.OidOf(fetched.File));

    private Task<ChildResult> GitAsync(params string[] arguments) => Get<Git>().Command(Fetched, arguments).RunAsync(TestContext.CurrentContext.CancellationToken);

    private sealed record FetchedCommit(Guid Build, string Commit, string Module, string File);
}
