using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Tests.Pushes.LargeFiles;

[CancelAfter(60_000)]
internal sealed class When_large_files_are_transferred : PushSituation
{
    private LargeFileClient files = null!;

    [SetUp]
    public void Connect() => files = new(Host);

    [TearDown]
    public void Disconnect() => files.Dispose();

    protected override void Configure(PushOptions options) => options.Limit = 2000;

    [Test]
    public async Task What_was_uploaded_is_downloaded_again()
    {
        await files.UploadAsync("large");

        var asked = await files.AskAsync("download", LargeFileClient.OidOf("large"), 5);
        using var got = await LargeFileClient.ActAsync(HttpMethod.Get, asked.GetProperty("actions").GetProperty("download"), null);

        Assert.That(asked.GetProperty("authenticated").GetBoolean());
        Assert.That(await got.Content.ReadAsStringAsync(), Is.EqualTo("large"));
        Assert.That(got.Content.Headers.ContentLength, Is.EqualTo(5));
    }

    [Test]
    public async Task The_first_upload_makes_the_app()
    {
        await files.UploadAsync("large");

        Assert.That(await Host.Apps.ListAsync(CancellationToken.None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_there_already_is_not_asked_for_again()
    {
        await files.UploadAsync("large");

        Assert.That((await files.AskAsync("upload", LargeFileClient.OidOf("large"), 5)).TryGetProperty("actions", out _), Is.False);
    }

    [Test]
    public async Task Another_apps_file_is_not_there()
    {
        await files.UploadAsync("large");
        using var other = new LargeFileClient(Host, "other");
        await other.UploadAsync("something");

        Assert.That((await other.AskAsync("download", LargeFileClient.OidOf("large"), 5)).GetProperty("error").GetProperty("code").GetInt32(), Is.EqualTo(404));
        Assert.That((await other.AskAsync("upload", LargeFileClient.OidOf("large"), 5)).TryGetProperty("actions", out _), "who has only the name must bring the bytes");
        using var got = await other.SendAsync(HttpMethod.Get, $"other.git/info/lfs/objects/{LargeFileClient.OidOf("large")}", null);
        Assert.That(got.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Bytes_that_are_not_what_they_are_called_are_not_kept()
    {
        var asked = await files.AskAsync("upload", LargeFileClient.OidOf("large"), 5);

        using var sent = await LargeFileClient.ActAsync(HttpMethod.Put, asked.GetProperty("actions").GetProperty("upload"), "other");

        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await sent.Content.ReadAsStringAsync(), Does.Contain("SLUG1317"));
        Assert.That((await files.AskAsync("download", LargeFileClient.OidOf("large"), 5)).TryGetProperty("error", out _));
        Assert.That(Directory.EnumerateFiles(Host.Data.LargeFiles, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_file_above_the_limit_is_refused_before_and_while_it_comes()
    {
        var large = new string('x', 2001);

        Assert.That((await files.AskAsync("upload", LargeFileClient.OidOf(large), 2001)).GetProperty("error").GetProperty("message").GetString(), Does.StartWith("SLUG1315"));
        using var sent = await files.SendAsync(HttpMethod.Put, $"sample.git/info/lfs/objects/{LargeFileClient.OidOf(large)}", large);
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task A_name_that_is_none_is_refused_by_itself()
    {
        using var response = await files.BatchAsync("upload", ("../../token", 1), (LargeFileClient.OidOf("a"), 1));

        var answer = await response.Content.ReadAsStringAsync();
        Assert.That(answer, Does.Contain("SLUG1313").And.Contains("\"upload\""));
    }

    [TestCase("{}")]
    [TestCase("no json")]
    [TestCase("""{"operation":"delete","objects":[]}""")]
    [TestCase("""{"operation":"upload","hash_algo":"sha512","objects":[]}""")]
    [TestCase("""{"operation":"upload","transfers":["tus"],"objects":[]}""")]
    public async Task What_is_no_batch_is_refused_in_words(string body)
    {
        using var response = await files.SendAsync(HttpMethod.Post, "sample.git/info/lfs/objects/batch", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("SLUG131"));
    }

    [TestCase("GET", "locks")]
    [TestCase("POST", "locks")]
    [TestCase("POST", "locks/verify")]
    [TestCase("POST", "locks/1/unlock")]
    public async Task Locks_are_refused_so_that_clients_go_on(string method, string path)
    {
        using var response = await files.SendAsync(new HttpMethod(method), $"sample.git/info/lfs/{path}", method == "GET" ? null : "{}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("SLUG1316"));
    }

    [Test]
    public async Task What_an_app_had_goes_with_it()
    {
        await files.UploadAsync("large");

        var app = (await Host.Apps.ListAsync(CancellationToken.None))[0];
        Host.Services.GetRequiredService<LargeFileStore>().Remove(app.Id);

        Assert.That(Directory.EnumerateFileSystemEntries(Host.Data.LargeFiles), Is.Empty);
    }

    [Test]
    public async Task Behind_a_proxy_with_TLS_the_addresses_are_its_own()
    {
        using var http = new HttpClient { BaseAddress = Host.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Host.Token}");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Host = "slug.example.org";

        using var response = await http.PostAsync("sample.git/info/lfs/objects/batch",
            new StringContent($$"""{"operation":"upload","objects":[{"oid":"{{LargeFileClient.OidOf("x")}}","size":1}]}"""));

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("https://slug.example.org/sample.git/info/lfs/objects/"));
    }

    [Test]
    public async Task Nothing_is_told_without_a_token()
    {
        using var http = new HttpClient { BaseAddress = Host.Address };

        using var response = await http.PostAsync("sample.git/info/lfs/objects/batch", new StringContent("{}"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
