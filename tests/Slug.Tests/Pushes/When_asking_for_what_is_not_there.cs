using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Slug.Apps;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_asking_for_what_is_not_there : PushSituation
{
    [Test]
    public async Task A_wrong_token_is_refused()
    {
        var push = await Client.TryGitAsync("push", Client.Remote.Replace(Host.Token, "slg_wrong", StringComparison.Ordinal), "main");

        Assert.That(push.ExitCode, Is.EqualTo(128));
        Assert.That(push.Error, Does.Contain("Authentication failed"));
        Assert.That(await Host.Apps.ListAsync(CancellationToken.None), Is.Empty);
    }

    [TestCase("Sample")]
    [TestCase("9lives")]
    [TestCase("a")]
    [TestCase("healthz")]
    [TestCase("under_score")]
    [TestCase("%2e%2e")]
    public async Task A_bad_name_is_refused_in_words_that_git_shows(string name)
    {
        var push = await Client.TryGitAsync("push", Client.Remote.Replace("sample.git", $"{name}.git", StringComparison.Ordinal), "main");

        Assert.That(push.ExitCode, Is.EqualTo(128));
        Assert.That(push.Error, Does.Contain("fatal: remote error: SLUG1001").And.Contain(AppName.Rule));
    }

    [TestCase("0")]
    [TestCase("2")]
    public async Task A_clone_of_an_unknown_app_creates_none(string protocol)
    {
        var clone = await Client.TryGitAsync("-c", $"protocol.version={protocol}", "clone", Client.Remote, "copy");

        Assert.That(clone.ExitCode, Is.EqualTo(128));
        Assert.That(clone.Error, Does.Contain("remote error: SLUG1002: there is no app 'sample'"));
        Assert.That(await Host.Apps.ListAsync(CancellationToken.None), Is.Empty);
    }

    [TestCase("sample.git/info/refs")]
    [TestCase("sample.git/HEAD")]
    [TestCase("sample.git/objects/info/packs")]
    [TestCase("sample.git")]
    public async Task The_dumb_protocol_is_refused(string path)
    {
        using var http = Http();

        using var response = await http.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("SLUG1003"));
    }

    [Test]
    public async Task A_request_of_another_content_type_is_refused()
    {
        using var http = Http();

        using var response = await http.PostAsync("sample.git/git-receive-pack", new StringContent("0000"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task A_fetch_from_an_unknown_app_is_not_found()
    {
        using var http = Http();
        using var content = new ByteArrayContent("0000"u8.ToArray());
        content.Headers.ContentType = new("application/x-git-upload-pack-request");

        using var response = await http.PostAsync("sample.git/git-upload-pack", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_advertisement_may_not_be_kept_by_anyone()
    {
        using var http = Http();

        using var response = await http.GetAsync("sample.git/info/refs?service=git-receive-pack");

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/x-git-receive-pack-advertisement"));
        Assert.That(response.Headers.CacheControl?.NoCache, Is.True);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("001f# service=git-receive-pack\n0000"));
    }

    [Test]
    public async Task A_hook_with_a_key_that_is_none_is_not_found()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Host.Data.HookSocket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        using var response = await http.PostAsync("http://hook/hook/0123456789", new StringContent(""));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private HttpClient Http() => new()
    {
        BaseAddress = Host.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{Host.Token}"))) },
    };
}
