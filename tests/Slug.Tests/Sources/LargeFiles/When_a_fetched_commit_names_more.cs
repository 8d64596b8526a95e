using Slug.Sources;
using Slug.Tests.Pushes;
using Slug.Tests.Pushes.LargeFiles;

namespace Slug.Tests.Sources.LargeFiles;

[CancelAfter(60_000)]
internal sealed class When_a_fetched_commit_names_more : FetchedSituation
{
    private static readonly string large = new('l', 3000);

    [Test]
    public async Task Its_large_files_come_from_the_forge(CancellationToken cancellationToken)
    {
        await Files.UploadAsync(large);
        await Client.CommitAsync("data/large.bin", LargeFileClient.PointerOf(large));
        await Client.CommitAsync("data/copy.bin", LargeFileClient.PointerOf(large));

        var push = await FetchAsync(cancellationToken);

        Assert.That(((SourceResult.Read)await ReadAsync(push, cancellationToken)).Notes, Is.EqualTo((string[])[$"-----> Git LFS: 1 file, 3 KB, from {Forge.Address}sample.git"]));
        var files = await FilesOfAsync(push, cancellationToken);
        Assert.That((files["data/large.bin"], files["data/copy.bin"], files["README"]), Is.EqualTo((large, large, "hello\n")));
        Assert.That(Store.Of(App.Id).List(), Is.Empty, "what was fetched is not what somebody uploaded");
    }

    [Test]
    public async Task Those_that_were_uploaded_here_are_not_fetched(CancellationToken cancellationToken)
    {
        using var uploaded = new LargeFileClient(Host, "hello");
        await uploaded.UploadAsync(large);
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(large));

        Assert.That((await FilesOfAsync(await FetchAsync(cancellationToken), cancellationToken))["large.bin"], Is.EqualTo(large));

        Assert.That(Store.FetchedOf(App.Id).List(), Is.Empty);
    }

    [Test]
    public async Task What_is_fetched_does_not_keep_a_client_from_uploading_it(CancellationToken cancellationToken)
    {
        await Files.UploadAsync(large);
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(large));
        await ReadAsync(await FetchAsync(cancellationToken), cancellationToken);

        using var client = new LargeFileClient(Host, "hello");
        await client.UploadAsync(large);

        Assert.That(Store.Of(App.Id).List().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_the_forge_lacks_is_named(CancellationToken cancellationToken)
    {
        await Client.CommitAsync("data/large.bin", LargeFileClient.PointerOf(large));

        var message = await RefusedAsync(await FetchAsync(cancellationToken), cancellationToken);

        Assert.That(message, Does.StartWith($"SLUG6242: '{Forge.Address}sample.git/info/lfs' does not have 'data/large.bin'").And.Contains("SLUG1314").And.Contains("git lfs push --all"));
    }

    [Test]
    public async Task One_that_is_too_large_is_refused_before_it_is_fetched(CancellationToken cancellationToken)
    {
        await Files.UploadAsync(large);
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(large).Replace("size 3000", "size 9000000000", StringComparison.Ordinal));

        Assert.That(await RefusedAsync(await FetchAsync(cancellationToken), cancellationToken), Does.StartWith("SLUG2003"));
        Assert.That(Store.FetchedOf(App.Id).List(), Is.Empty);
    }

    [Test]
    public async Task Without_a_token_that_may_read_them_the_hook_is_told_to_have_one(CancellationToken cancellationToken)
    {
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(large));
        var push = await FetchAsync(cancellationToken);

        var message = await RefusedAsync(push with { Origin = push.Origin! with { Credentials = new("git", "wrong") } }, cancellationToken);

        Assert.That(message, Does.StartWith("SLUG6241").And.Contains("401").And.Contains("--token").And.Not.Contains("wrong"));
    }

    [Test]
    public async Task Of_a_forge_without_Git_LFS_that_is_told(CancellationToken cancellationToken)
    {
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(large));
        var push = await FetchAsync(cancellationToken);

        var message = await RefusedAsync(push with { Origin = push.Origin! with { Url = new(Forge.Address, "nothing") } }, cancellationToken);

        Assert.That(message, Does.StartWith($"SLUG6240: '{Forge.Address}nothing.git/info/lfs' was answered with 404").And.Contains("'large.bin'").And.Contains("switch Git LFS on"));
    }

    [TestCase("../lib.git")]
    [TestCase("http://127.0.0.1:PORT/lib.git")]
    [TestCase("git@127.0.0.1:lib.git")]
    public async Task A_submodule_at_the_same_host_comes_with_its_files_by_the_hook_s_token(string url, CancellationToken cancellationToken)
    {
        using var library = await GitClient.CreateAsync(Forge, "lib");
        using var files = new LargeFileClient(Forge, "lib");
        await files.UploadAsync(large);
        await library.CommitAsync("before.txt", "before");
        await library.CommitAsync("large.bin", LargeFileClient.PointerOf(large));
        await library.PushAsync("main");
        await AddSubmoduleAsync(Client, "libs/lib", url.Replace("PORT", $"{Forge.Address.Port}", StringComparison.Ordinal), library);

        var push = await FetchAsync(cancellationToken);
        var seen = await FilesOfAsync(push, cancellationToken);

        Assert.That((seen["libs/lib/large.bin"], seen["libs/lib/before.txt"]), Is.EqualTo((large, "before")));
        Assert.That(File.ReadAllLines(Path.Combine(push.Repository.Directory, "shallow")), Does.Contain(await library.HeadAsync()), "no history of the submodule's either");
    }

    [Test]
    public async Task A_submodule_at_another_host_is_asked_without_the_hook_s_token(CancellationToken cancellationToken)
    {
        await using var other = await PushHost.StartAsync();
        using var library = await GitClient.CreateAsync(other, "lib");
        await library.PushAsync("main");
        await AddSubmoduleAsync(Client, "lib", $"{other.Address}lib.git", library);

        var message = await RefusedAsync(await FetchAsync(cancellationToken), cancellationToken);

        Assert.That(message, Does.StartWith("SLUG2312").And.Contains("see that this service may read it").And.Not.Contains(Forge.Token));
    }

    [TestCase("http://10.1.2.3/lib.git", "SLUG2211")]
    [TestCase("http://169.254.169.254/lib.git", "SLUG2211")]
    [TestCase("git@example.org:me/lib.git", "SLUG2311")]
    public async Task A_submodule_that_is_out_of_bounds_is_named(string url, string code, CancellationToken cancellationToken)
    {
        await AddSubmoduleAsync(Client, "libs/lib", url, Client);

        Assert.That(await RefusedAsync(await FetchAsync(cancellationToken), cancellationToken), Does.StartWith("SLUG231").And.Contains(code).And.Contains("'libs/lib'"));
    }
}
