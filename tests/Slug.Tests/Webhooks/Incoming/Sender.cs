using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Tests.Webhooks.Incoming;

/// <summary>A forge as its documents say that it sends: what a push looks like there, and how it is signed.</summary>
/// <param name="Name">Of the test's case.</param>
/// <param name="Forge">The kind of hook that takes it.</param>
/// <param name="PushOf">The body of a push: ref, commit (null of a deletion), clone URL.</param>
/// <param name="Sign">Sets the headers: request, body, secret, delivery id, event.</param>
internal sealed record Sender(string Name, string Forge, Func<string, string?, string, string> PushOf, Action<HttpRequestMessage, byte[], string, string, string> Sign)
{
    public const string Push = "push";
    public const string Ping = "ping";
    public const string Issue = "issue";

    private const string Zero = "0000000000000000000000000000000000000000";

    public static Sender GitHub { get; } = new("GitHub", "github", RefPush, (request, body, secret, id, told) =>
    {
        request.Headers.Add("X-GitHub-Event", told switch { Issue => "issues", _ => told });
        request.Headers.Add("X-GitHub-Delivery", id);
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Hex(secret, body));
    });

    /// <summary>What GitHub sends where nobody chose JSON.</summary>
    public static Sender GitHubForm { get; } = GitHub with { Name = "GitHub's form", PushOf = (reference, commit, url) => "payload=" + Uri.EscapeDataString(RefPush(reference, commit, url)) };

    public static Sender GitLab { get; } = new("GitLab", "gitlab", GitLabPush, (request, body, secret, id, told) =>
    {
        request.Headers.Add("X-Gitlab-Event", told == Push ? "Push Hook" : "Issue Hook");
        request.Headers.Add("Idempotency-Key", id);
        request.Headers.Add("X-Gitlab-Token", secret);
    });

    public static Sender SigningGitLab { get; } = GitLab with
    {
        Name = "GitLab, signing",
        Sign = (request, body, secret, id, told) =>
        {
            request.Headers.Add("X-Gitlab-Event", "Push Hook");
            request.Headers.Add("Idempotency-Key", id);
            SignStandard(request, body, secret, id, TimeProvider.System.GetUtcNow());
        },
    };

    public static Sender Gitea { get; } = new("Gitea", "gitea", RefPush, (request, body, secret, id, told) => SignGitea(request, body, secret, id, told, "X-Gitea"));

    public static Sender Forgejo { get; } = Gitea with
    {
        Name = "Forgejo",
        Sign = (request, body, secret, id, told) =>
        {
            SignGitea(request, body, secret, id, told, "X-Gitea");
            SignGitea(request, body, secret, id, told, "X-Forgejo");
        },
    };

    public static Sender Bitbucket { get; } = new("Bitbucket", "bitbucket", BitbucketPush, (request, body, secret, id, told) =>
    {
        request.Headers.Add("X-Event-Key", told switch { Push => "repo:push", Ping => "diagnostics:ping", _ => "issue:created" });
        request.Headers.Add("X-Request-UUID", id);
        request.Headers.Add("X-Hub-Signature", "sha256=" + Hex(secret, body));
    });

    public static Sender BitbucketDataCenter { get; } = new("Bitbucket Data Center", "bitbucket-dc", RefsChanged, (request, body, secret, id, told) =>
    {
        request.Headers.Add("X-Event-Key", told switch { Push => "repo:refs_changed", Ping => "diagnostics:ping", _ => "issue:created" });
        request.Headers.Add("X-Request-Id", id);
        request.Headers.Add("X-Hub-Signature", "sha256=" + Hex(secret, body));
    });

    public static Sender Plain { get; } = new("a script", "plain", PlainPush, (request, body, secret, id, told) => SignStandard(request, body, secret, id, TimeProvider.System.GetUtcNow()));

    public static IEnumerable<Sender> All => [GitHub, GitHubForm, GitLab, SigningGitLab, Gitea, Forgejo, Bitbucket, BitbucketDataCenter, Plain];

    /// <summary>A request as this forge would send it.</summary>
    public HttpRequestMessage Request(string path, string body, string secret, string? id = null, string told = Push)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(body.StartsWith("payload=", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        Sign(request, bytes, secret, id ?? Guid.NewGuid().ToString(), told);
        return request;
    }

    public static void SignStandard(HttpRequestMessage request, byte[] body, string secret, string id, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(mac));
    }

    public override string ToString() => Name;

    private static void SignGitea(HttpRequestMessage request, byte[] body, string secret, string id, string told, string prefix)
    {
        request.Headers.Add($"{prefix}-Event", told == Issue ? "issues" : told);
        request.Headers.Add($"{prefix}-Delivery", id);
        request.Headers.Add($"{prefix}-Signature", Hex(secret, body));
    }

    private static string Hex(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static string RefPush(string reference, string? commit, string url) =>
        $$"""{"ref":"{{reference}}","before":"{{Zero}}","after":"{{commit ?? Zero}}","deleted":{{(commit is null ? "true" : "false")}},"repository":{"full_name":"me/hello","clone_url":"{{url}}"},"pusher":{"name":"me"} }""";

    private static string GitLabPush(string reference, string? commit, string url) =>
        $$"""{"object_kind":"{{(reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? "tag_push" : "push")}}","ref":"{{reference}}","before":"{{Zero}}","after":"{{commit ?? Zero}}","checkout_sha":{{(commit is null ? "null" : $"\"{commit}\"")}},"project":{"id":7,"git_http_url":"{{url}}"} }""";

    private static string BitbucketPush(string reference, string? commit, string url)
    {
        var kind = reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? "tag" : "branch";
        var named = $$"""{"type":"{{kind}}","name":"{{reference.Split('/', 3)[2]}}","target":{"type":"commit","hash":"{{commit ?? Zero}}"} }""";
        var change = commit is null ? $$"""{"old":{{named}},"new":null,"closed":true}""" : $$"""{"old":null,"new":{{named}},"created":true}""";
        return $$$"""{"push":{"changes":[{{{change}}}]},"repository":{"full_name":"me/hello","links":{"html":{"href":"{{{url.Replace(".git", "", StringComparison.Ordinal)}}}"} } } }""";
    }

    private static string RefsChanged(string reference, string? commit, string url)
    {
        var named = $$"""{"id":"{{reference}}","displayId":"{{reference.Split('/', 3)[2]}}","type":"{{(reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? "TAG" : "BRANCH")}}"}""";
        var change = $$"""{"ref":{{named}},"refId":"{{reference}}","fromHash":"{{Zero}}","toHash":"{{commit ?? Zero}}","type":"{{(commit is null ? "DELETE" : "UPDATE")}}"}""";
        return $$$"""{"eventKey":"repo:refs_changed","repository":{"slug":"hello","links":{"clone":[{"href":"ssh://git@127.0.0.1:7999/me/hello.git","name":"ssh"},{"href":"{{{url}}}","name":"http"}]} },"changes":[{{{change}}}]}""";
    }

    private static string PlainPush(string reference, string? commit, string url) => $$"""{"ref":"{{reference}}","commit":"{{commit ?? Zero}}","url":"{{url}}"}""";
}
