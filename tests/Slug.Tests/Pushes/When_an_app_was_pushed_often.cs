using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(300_000)]
internal sealed class When_an_app_was_pushed_often : PushSituation
{
    [Test]
    public async Task Its_packs_become_few_and_all_is_still_there()
    {
        for (var push = 0; push < 51; push++)
        {
            await Client.GitAsync("commit", "-q", "--allow-empty", "-m", "again");
            await Client.GitAsync("push", "-q", Client.Remote, "main:feature");
        }
        await Host.StopAsync();

        var repository = await Host.RepositoryAsync("sample");
        Assert.That(Directory.GetFiles(Path.Combine(repository.Objects, "pack"), "*.pack"), Has.Length.LessThan(10));
        Assert.That((await InRepositoryAsync("fsck", "--strict")).ExitCode, Is.Zero);
        Assert.That((await InRepositoryAsync("rev-list", "--count", "feature")).Output, Is.EqualTo("52\n"));
    }

    [Test]
    public async Task Its_hidden_refs_are_packed()
    {
        await Client.PushAsync("main");
        var repository = await Host.RepositoryAsync("sample");
        for (var build = 0; build < 100; build++)
            await File.WriteAllTextAsync(Path.Combine(repository.Directory, "refs/slug/builds", Guid.NewGuid().ToString("D")), await Client.HeadAsync() + "\n");

        await Client.PushAsync("main:feature");
        await Host.StopAsync();

        Assert.That(new References(repository).Loose("refs/slug"), Is.Empty);
        Assert.That((await InRepositoryAsync("for-each-ref", "refs/slug")).Output.Split('\n'), Has.Length.EqualTo(102));
    }

    /// <summary>The limits on git's memory have to let through what the limit on pushes does.</summary>
    [Test]
    [Explicit("takes a minute and 3 GB of disk")]
    public async Task A_push_near_the_limit_arrives()
    {
        var random = new Random(1);
        for (var file = 0; file < 300; file++)
            await File.WriteAllBytesAsync(Path.Combine(Client.Folder, $"small{file}"), Bytes(random, 900_000));
        await File.WriteAllBytesAsync(Path.Combine(Client.Folder, "large"), Bytes(random, 700_000_000));
        await Client.CommitAsync("last", "last");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That((await Client.TryGitAsync("clone", "-q", Client.Remote, "copy")).ExitCode, Is.Zero);
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
