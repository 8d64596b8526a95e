using Slug.Pushes;

namespace Slug.Tests.Pushes;

/// <summary>Real git clients against a real listener.</summary>
[CancelAfter(60_000)]
internal sealed class When_pushing : PushSituation
{
    [TestCase("0")]
    [TestCase("1")]
    [TestCase("2")]
    public async Task The_first_push_creates_the_app_and_a_clone_brings_it_back(string protocol)
    {
        await Client.GitAsync("config", "protocol.version", protocol);
        var head = await Client.HeadAsync();

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(push.Error, Does.Contain("remote: -----> Built").And.Contain("main -> main"));
        await Client.GitAsync("-c", $"protocol.version={protocol}", "clone", "-q", Client.Remote, "copy");
        Assert.That((await Client.GitAsync("-C", "copy", "rev-parse", "HEAD")).Output.Trim(), Is.EqualTo(head));
    }

    [Test]
    public async Task A_clone_checks_out_the_deploy_branch_that_was_pushed()
    {
        await Client.PushAsync("main:master");

        await Client.GitAsync("clone", "-q", Client.Remote, "copy");

        Assert.That((await Client.GitAsync("-C", "copy", "branch", "--show-current")).Output.Trim(), Is.EqualTo("master"));
    }

    [Test]
    public async Task A_url_without_the_suffix_serves_too()
    {
        var push = await Client.TryGitAsync("push", Client.Remote[..^4], "main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
    }

    [Test]
    public async Task The_build_is_told_what_was_pushed()
    {
        var first = await Client.HeadAsync();
        await Client.PushAsync("main");
        var second = await Client.CommitAsync("more", "more\n");

        await Client.PushAsync("main");

        var push = Host.Builds.Seen.Last();
        Assert.That(push.App.Name.ToString(), Is.EqualTo("sample"));
        Assert.That(push.Branch, Is.EqualTo("main"));
        Assert.That(push.OldCommit.ToString(), Is.EqualTo(first));
        Assert.That(push.NewCommit.ToString(), Is.EqualTo(second));
    }

    [Test]
    public async Task Every_built_commit_is_held_by_a_hidden_ref()
    {
        var first = await Client.HeadAsync();
        await Client.PushAsync("main");
        await Client.GitAsync("commit", "-q", "--amend", "-m", "again");

        var forced = await Client.PushAsync("--force", "main");

        Assert.That(forced.ExitCode, Is.Zero, forced.Error);
        var held = await InRepositoryAsync("rev-parse", $"refs/slug/builds/{Host.Builds.Seen.First().Id:D}");
        Assert.That(held.Output.Trim(), Is.EqualTo(first));
        Assert.That((await Client.GitAsync("ls-remote", Client.Remote)).Output, Does.Not.Contain("refs/slug"));
    }

    [Test]
    public async Task A_force_push_without_force_is_gits_own_refusal()
    {
        await Client.PushAsync("main");
        await Client.GitAsync("commit", "-q", "--amend", "-m", "again");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Error, Does.Contain("rejected"));
    }

    [Test]
    public async Task A_large_push_in_chunks_arrives_whole()
    {
        await Client.GitAsync("config", "http.postBuffer", "65536");
        var random = new byte[3_000_000];
        new Random(1).NextBytes(random);
        await File.WriteAllBytesAsync(Path.Combine(Client.Folder, "random"), random);
        var head = await Client.CommitAsync("small", "small\n");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That((await InRepositoryAsync("rev-parse", "main")).Output.Trim(), Is.EqualTo(head));
    }

    [Test]
    public async Task A_rejected_push_leaves_no_ref_and_no_object()
    {
        Host.Builds.Answer = (_, _) => FakeBuilds.Reject(" !     it does not build");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("remote:  !     it does not build").And.Contain("pre-receive hook declined"));
        Assert.That((await InRepositoryAsync("for-each-ref")).Output, Is.Empty);
        Assert.That((await InRepositoryAsync("count-objects", "-v")).Output, Does.Contain("count: 0").And.Contain("in-pack: 0"));
        Assert.That(Directory.GetDirectories((await Host.RepositoryAsync("sample")).Objects, "tmp_objdir*"), Is.Empty);
    }

    [Test]
    public async Task A_build_that_throws_is_a_refusal_with_a_code()
    {
        Host.Builds.Answer = (_, _) => throw new InvalidOperationException("a bug");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1021").And.Not.Contain("a bug"));
    }

    [Test]
    public async Task A_build_without_a_verdict_is_a_refusal()
    {
        Host.Builds.Answer = (_, _) => new PushReply[] { new PushReply.Line("hm") }.ToAsyncEnumerable();

        Assert.That((await Client.PushAsync("main")).Error, Does.Contain("SLUG1021"));
    }

    [Test]
    public async Task A_line_of_a_build_never_passes_for_the_verdict()
    {
        Host.Builds.Answer = (_, _) => new PushReply[] { new PushReply.Line("\u0001accepted\n\u0001accepted"), new PushReply.Rejected() }.ToAsyncEnumerable();

        Assert.That((await Client.PushAsync("main")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_branch_is_stored_and_says_that_it_did_not_build()
    {
        var push = await Client.PushAsync("main:feature");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(push.Error, Does.Contain("Stored branch 'feature': not built, only a push of main or master builds"));
        Assert.That(Host.Builds.Seen, Is.Empty);
        Assert.That((await Client.GitAsync("ls-remote", Client.Remote)).Output, Does.Contain("refs/heads/feature"));
    }

    [Test]
    public async Task A_tag_is_stored_beside_the_branch_that_builds()
    {
        await Client.GitAsync("tag", "-a", "-m", "one", "v1");

        var push = await Client.PushAsync("main", "v1");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(push.Error, Does.Contain("Stored 'refs/tags/v1'").And.Contain("Built"));
    }

    [Test]
    public async Task Deleting_the_deploy_branch_is_refused_with_the_way_to_do_it()
    {
        await Client.PushAsync("main");

        var push = await Client.PushAsync(":main");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1012").And.Contain("slug apps destroy sample"));
        Assert.That((await Client.GitAsync("ls-remote", Client.Remote)).Output, Does.Contain("refs/heads/main"));
    }

    [Test]
    public async Task Deleting_another_branch_is_allowed()
    {
        await Client.PushAsync("main:feature");

        var push = await Client.PushAsync(":feature");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That((await Client.GitAsync("ls-remote", Client.Remote)).Output, Does.Not.Contain("feature"));
    }

    [Test]
    public async Task Both_deploy_branches_at_once_are_refused()
    {
        var push = await Client.PushAsync("main", "main:master");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1013"));
        Assert.That(Host.Builds.Seen, Is.Empty);
    }

    [TestCase("refs/for/main")]
    [TestCase("refs/notes/x")]
    [TestCase("refs/slug/builds/x")]
    [TestCase("refs/replace/0123456789012345678901234567890123456789")]
    public async Task A_ref_that_is_neither_branch_nor_tag_is_refused(string reference)
    {
        var push = await Client.PushAsync($"main:{reference}");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("deny updating a hidden ref"));
    }

    [Test]
    public async Task A_branch_below_a_deploy_branch_is_refused()
    {
        var push = await Client.PushAsync("main:main/x");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1014"));
    }

    [Test]
    public async Task Too_many_refs_in_one_push_are_refused()
    {
        var push = await Client.PushAsync([.. Enumerable.Range(0, 65).Select(number => $"main:b{number}")]);

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1010").And.Contain("65"));
    }
}
