using System.Net;
using System.Text;

namespace Slug.Tests.Webhooks.Incoming;

[CancelAfter(60_000)]
internal sealed class When_a_forge_sends : HookSituation
{
    private static IEnumerable<Sender> Senders => Sender.All;

    private static IEnumerable<Sender> Pinging => [Sender.GitHub, Sender.Bitbucket, Sender.BitbucketDataCenter];

    private static IEnumerable<Sender> WithUnsignedIds => [Sender.GitHub, Sender.Gitea, Sender.Forgejo, Sender.Bitbucket, Sender.BitbucketDataCenter];

    [TestCaseSource(nameof(Senders))]
    public async Task Should_accept_a_push_of_the_hook_s_branch(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        var told = await SendAsync(sender.Request(hook.Path, sender.PushOf(Main, Commit, Repository), hook.Secret, "delivery-1"), cancellationToken);
        Assert.That(told, Is.EqualTo(new Told(HttpStatusCode.Accepted, $"Accepted: main at {Commit} will be built")));
        var delivery = await EndedAsync(hook, cancellationToken);
        Assert.That((string?)delivery["key"], Is.EqualTo("delivery-1"));
        Assert.That((string?)delivery["commit"], Is.EqualTo(Commit));
    }

    [TestCaseSource(nameof(Senders))]
    public async Task Should_say_of_a_wrong_secret_what_is_said_where_no_hook_is(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        var body = sender.PushOf(Main, Commit, Repository);
        var wrong = await SendAsync(sender.Request(hook.Path, body, "whsec_" + Convert.ToBase64String(new byte[32])), cancellationToken);
        var noHook = await SendAsync(sender.Request("/hooks/hello/none", body, hook.Secret), cancellationToken);
        var noApp = await SendAsync(sender.Request($"/hooks/nobody/{hook.Name}", body, hook.Secret), cancellationToken);
        using var unsigned = new HttpRequestMessage(HttpMethod.Post, hook.Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(wrong.Text, Does.StartWith("SLUG6200: "));
        Assert.That(new[] { noHook, noApp, await SendAsync(unsigned, cancellationToken) }, Is.All.EqualTo(wrong));
        Assert.That(await DeliveriesAsync(hook, cancellationToken), Is.Empty);
    }

    [TestCaseSource(nameof(Senders))]
    public async Task Should_refuse_a_body_that_was_changed_on_the_way(Sender sender, CancellationToken cancellationToken)
    {
        // What is sent with a plain token is not signed: GitLab's own documents say so.
        if (sender == Sender.GitLab)
            return;
        var hook = await HookAsync(sender, cancellationToken);
        var request = sender.Request(hook.Path, sender.PushOf(Main, Commit, Repository), hook.Secret);
        request.Content = new StringContent(sender.PushOf(Main, new string('a', 40), Repository), Encoding.UTF8, "application/json");
        Assert.That((await SendAsync(request, cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCaseSource(nameof(Senders))]
    public async Task Should_ignore_another_branch_a_tag_a_deletion_and_another_repository(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        async Task<string> TextAsync(string body) => (await SendAsync(sender.Request(hook.Path, body, hook.Secret), cancellationToken)).Text;
        Assert.That(await TextAsync(sender.PushOf("refs/heads/feature/x", Commit, Repository)), Does.StartWith("Ignored: SLUG6207: the push is of the branch 'feature/x'"));
        Assert.That(await TextAsync(sender.PushOf("refs/tags/main", Commit, Repository)), Does.StartWith("Ignored: SLUG6207: the push is of 'refs/tags/main'"));
        Assert.That(await TextAsync(sender.PushOf(Main, null, Repository)), Does.StartWith("Ignored: SLUG6208: the branch 'main' was deleted"));
        Assert.That(await TextAsync(sender.PushOf(Main, Commit, "https://127.0.0.1:9/me/other.git")), Does.StartWith("Ignored: SLUG6209: "));
        Assert.That(await TextAsync(sender.PushOf(Main, "HEAD", Repository)), Does.StartWith("Ignored: SLUG6210: 'HEAD'"));
        Assert.That((await DeliveriesAsync(hook, cancellationToken)).Select(delivery => (string?)delivery!["status"]), Is.EqualTo(Enumerable.Repeat("ignored", 5)));
    }

    [TestCaseSource(nameof(Pinging))]
    public async Task Should_answer_a_ping_and_ignore_what_is_no_push(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        var ping = await SendAsync(sender.Request(hook.Path, """{"zen":"Keep it logically awesome."}""", hook.Secret, told: Sender.Ping), cancellationToken);
        var issue = await SendAsync(sender.Request(hook.Path, """{"action":"opened"}""", hook.Secret, told: Sender.Issue), cancellationToken);
        Assert.That(ping, Is.EqualTo(new Told(HttpStatusCode.OK, "Ignored: a ping: signed as it has to be, nothing to build")));
        Assert.That(issue.Text, Does.StartWith("Ignored: SLUG6206: the event 'issue"));
    }

    [Test]
    public async Task Should_answer_a_ping_of_a_script_and_ignore_other_events_of_GitLab_and_Gitea(CancellationToken cancellationToken)
    {
        var (script, gitlab, gitea) = (await HookAsync(Sender.Plain, cancellationToken), await HookAsync(Sender.GitLab, cancellationToken), await HookAsync(Sender.Gitea, cancellationToken));
        Assert.That((await SendAsync(Sender.Plain.Request(script.Path, """{"type":"ping"}""", script.Secret), cancellationToken)).Text, Does.StartWith("Ignored: a ping"));
        Assert.That((await SendAsync(Sender.GitLab.Request(gitlab.Path, """{"object_kind":"issue"}""", gitlab.Secret, told: Sender.Issue), cancellationToken)).Text, Does.Contain("SLUG6206: the event 'issue'"));
        Assert.That((await SendAsync(Sender.Gitea.Request(gitea.Path, """{"action":"opened"}""", gitea.Secret, told: Sender.Issue), cancellationToken)).Text, Does.Contain("SLUG6206: the event 'issues'"));
    }

    [TestCaseSource(nameof(Senders))]
    public async Task Should_tell_who_signs_garbage_that_it_is(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        foreach (var body in (string[])["", "no JSON", "[]", "null", "{}", """{"ref":7}""", """{"ref":null,"after":null,"commit":null,"object_kind":null,"push":null,"changes":null}""", "payload=%"])
        {
            var told = await SendAsync(sender.Request(hook.Path, body, hook.Secret), cancellationToken);
            Assert.That((told.Status, told.Text[..10]), Is.EqualTo((HttpStatusCode.BadRequest, "SLUG6203: ")), body);
        }
    }

    [TestCaseSource(nameof(Senders))]
    public async Task Should_take_what_is_sent_again_for_the_same(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        var body = sender.PushOf("refs/heads/other", Commit, Repository);
        Assert.That((await SendAsync(sender.Request(hook.Path, body, hook.Secret, "delivery-1"), cancellationToken)).Text, Does.StartWith("Ignored: SLUG6207"));
        var again = await SendAsync(sender.Request(hook.Path, body, hook.Secret, "delivery-1"), cancellationToken);
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(again.Text, Does.StartWith("Delivery 'delivery-1' was here before: ignored (SLUG6207"));
        Assert.That(await DeliveriesAsync(hook, cancellationToken), Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(WithUnsignedIds))]
    public async Task Should_refuse_what_somebody_caught_and_sends_under_another_id(Sender sender, CancellationToken cancellationToken)
    {
        var hook = await HookAsync(sender, cancellationToken);
        var body = sender.PushOf("refs/heads/other", Commit, Repository);
        Assert.That((await SendAsync(sender.Request(hook.Path, body, hook.Secret, "delivery-1"), cancellationToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        var replay = await SendAsync(sender.Request(hook.Path, body, hook.Secret, "delivery-2"), cancellationToken);
        Assert.That(replay.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(replay.Text, Does.StartWith("SLUG6204: this was here before, as delivery 'delivery-1'"));
    }

    [TestCase(-301)]
    [TestCase(301)]
    public async Task Should_refuse_a_signature_that_is_not_of_these_minutes(int seconds, CancellationToken cancellationToken)
    {
        foreach (var sender in (Sender[])[Sender.Plain, Sender.SigningGitLab])
        {
            var hook = await HookAsync(sender, cancellationToken);
            var body = sender.PushOf(Main, Commit, Repository);
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            Sender.SignStandard(request, Encoding.UTF8.GetBytes(body), hook.Secret, "msg_1", TimeProvider.System.GetUtcNow().AddSeconds(seconds));
            Assert.That((await SendAsync(request, cancellationToken)).Text, Does.StartWith("SLUG6200"), sender.Name);
        }
    }

    [Test]
    public async Task Should_take_no_token_in_place_of_a_signature_that_is_wrong(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitLab, cancellationToken);
        var request = Sender.GitLab.Request(hook.Path, Sender.GitLab.PushOf(Main, Commit, Repository), hook.Secret);
        request.Headers.Add("webhook-signature", "v1,AAAA");
        Assert.That((await SendAsync(request, cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Should_refuse_what_is_too_large_signed_or_not(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitHub, cancellationToken);
        var body = new string(' ', 5_000_001);
        foreach (var path in (string[])[hook.Path, "/hooks/nobody/none"])
        {
            using var declared = Sender.GitHub.Request(path, body, hook.Secret);
            declared.Headers.ExpectContinue = true;
            Assert.That((await SendAsync(declared, cancellationToken)).Text, Does.StartWith("SLUG6201: "));
            using var chunked = Sender.GitHub.Request(path, body, hook.Secret);
            chunked.Headers.TransferEncodingChunked = true;
            Assert.That((await SendAsync(chunked, cancellationToken)).Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        }
    }

    [Test]
    public async Task Should_not_fetch_from_a_machine_beside_this_one(CancellationToken cancellationToken)
    {
        foreach (var url in (string[])["https://127.0.0.1:9/me/hello.git", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/me/hello.git", "https://[::1]/me/hello.git", "https://localhost/me/hello.git"])
        {
            var hook = await HookAsync(Sender.GitHub, cancellationToken, url);
            await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf(Main, Commit, url), hook.Secret), cancellationToken);
            var delivery = await EndedAsync(hook, cancellationToken);
            Assert.That((string?)delivery["status"], Is.EqualTo("failed"), url);
            Assert.That((string?)delivery["reason"], Does.StartWith("SLUG2211: ").And.Contains("--fetch-allow"), url);
        }
    }

    [Test]
    public async Task Should_carry_again_what_failed_before_its_build_and_is_sent_again(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitHub, cancellationToken);
        var body = Sender.GitHub.PushOf(Main, Commit, Repository);
        await SendAsync(Sender.GitHub.Request(hook.Path, body, hook.Secret, "delivery-1"), cancellationToken);
        await EndedAsync(hook, cancellationToken);
        Assert.That((await SendAsync(Sender.GitHub.Request(hook.Path, body, hook.Secret, "delivery-1"), cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((string?)(await EndedAsync(hook, cancellationToken))["reason"], Does.StartWith("SLUG2211"));
        Assert.That((await SendAsync(Sender.GitHub.Request(hook.Path, body, hook.Secret, "Gitea gives a replay an id of its own"), cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Accepted));
        await EndedAsync(hook, cancellationToken);
        Assert.That(await DeliveriesAsync(hook, cancellationToken), Has.Count.EqualTo(1));
    }
}
