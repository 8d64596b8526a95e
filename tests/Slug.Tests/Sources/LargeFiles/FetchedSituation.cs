using System.Formats.Tar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Apps;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Remotes;
using Slug.Sources;
using Slug.Tests.Pushes;
using Slug.Tests.Pushes.LargeFiles;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Tests.Sources.LargeFiles;

/// <summary>Two services: one is the forge, with git and Git LFS behind a token, and the other fetches from it.</summary>
internal abstract class FetchedSituation
{
    protected PushHost Forge { get; private set; } = null!;

    protected PushHost Host { get; private set; } = null!;

    protected GitClient Client { get; private set; } = null!;

    protected LargeFileClient Files { get; private set; } = null!;

    protected App App { get; private set; } = null!;

    protected Credentials Credentials => new("git", Forge.Token);

    protected LargeFileStore Store => Host.Services.GetRequiredService<LargeFileStore>();

    [SetUp]
    public async Task StartAsync()
    {
        (Forge, Host) = (await PushHost.StartAsync(), await PushHost.StartAsync());
        (Host.Services.GetRequiredService<RemoteOptions>().Allow, Host.Services.GetRequiredService<RemoteOptions>().RetryDelay) = ("127.0.0.0/8", TimeSpan.FromMilliseconds(1));
        (Client, Files) = (await GitClient.CreateAsync(Forge), new(Forge));
        App = await Host.Apps.FindOrCreateAsync(AppName.Parse("hello"), "tests", CancellationToken.None);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Files.Dispose();
        Client.Dispose();
        await Host.DisposeAsync();
        await Forge.DisposeAsync();
    }

    /// <summary>Pushes to the forge, and fetches that as a hook does; gives what a delivery would build.</summary>
    protected async Task<Push> FetchAsync(CancellationToken cancellationToken)
    {
        await Client.GitAsync("push", "-q", "-f", Client.Remote, "HEAD:refs/heads/shared");
        var url = new Uri(Forge.Address, "sample.git");
        var hook = new Hook
        {
            Id = Guid.NewGuid(),
            App = App,
            Name = "forge",
            Forge = AllForges.Nobodys,
            Branch = "shared",
            Urls = [url.AbsoluteUri],
            Secret = HookSecret.Create(),
            Credentials = Credentials,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        var services = Host.Services;
        var git = services.GetRequiredService<Git>();
        using var commits = new CommitFetch(
            git, services.GetRequiredService<GitTransport>(), services.GetRequiredService<RemoteAttempts>(), new(git, NullLogger<RepositoryUpkeep>.Instance), Host.Data);
        var push = new Push
        {
            Id = Guid.CreateVersion7(),
            App = App,
            Branch = "shared",
            OldCommit = ObjectId.Zero,
            NewCommit = ObjectId.Parse(await Client.HeadAsync()),
            Repository = commits.RepositoryOf(hook),
            Quarantine = null,
            Origin = new(url, Credentials),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        };
        await commits.FetchAsync(hook, url.AbsoluteUri, push, cancellationToken);
        return push;
    }

    protected Task<SourceResult> ReadAsync(Push push, CancellationToken cancellationToken) => Host.Services.GetRequiredService<SourceReader>().ReadAsync(push, cancellationToken);

    /// <summary>Why the source is refused.</summary>
    protected async Task<string> RefusedAsync(Push push, CancellationToken cancellationToken) => await ReadAsync(push, cancellationToken) switch
    {
        SourceResult.Refused(var message) => message,
        var other => throw new AssertionException($"not refused: {other}"),
    };

    /// <summary>The files that a build would see.</summary>
    protected async Task<IReadOnlyDictionary<string, string>> FilesOfAsync(Push push, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(push, cancellationToken);
        Assert.That(read, Is.InstanceOf<SourceResult.Read>(), (read as SourceResult.Refused)?.Message);
        using var tar = new MemoryStream();
        await Host.Services.GetRequiredService<SourceArchive>().WriteAsync(((SourceResult.Read)read).Source, tar, cancellationToken);
        tar.Position = 0;
        var files = new Dictionary<string, string>();
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, cancellationToken) is { } entry)
        {
            if (entry.DataStream is { } data)
                files[entry.Name] = await new StreamReader(data).ReadToEndAsync(cancellationToken);
        }

        return files;
    }

    /// <summary>Commits another repository's head as a submodule.</summary>
    protected static async Task AddSubmoduleAsync(GitClient client, string path, string url, GitClient library)
    {
        await client.GitAsync("config", "-f", ".gitmodules", $"submodule.{path}.path", path);
        await client.GitAsync("config", "-f", ".gitmodules", $"submodule.{path}.url", url);
        await client.GitAsync("add", ".gitmodules");
        await client.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{await library.HeadAsync()},{path}");
        await client.GitAsync("commit", "-q", "-m", $"submodule {path}");
    }
}
