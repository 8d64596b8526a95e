using Slug.Pushes;
using Slug.Tests.Pushes.LargeFiles;

namespace Slug.Tests.Sources.LargeFiles;

[CancelAfter(60_000)]
internal sealed class When_a_forge_answers_oddly : FetchedSituation
{
    private const string Large = "a large file";

    private static readonly string oid = LargeFileClient.OidOf(Large);

    private OddServer server = null!;
    private Push push = null!;

    [SetUp]
    public async Task ServeAsync()
    {
        server = await OddServer.StartAsync();
        await Client.CommitAsync("large.bin", LargeFileClient.PointerOf(Large));
        push = await FetchAsync(CancellationToken.None);
        push = push with { Origin = new(server.Url, Credentials) };
        (server.Batch, server.Body) = (Answer("SELF/large?signature=s3cret"), Large);
    }

    [TearDown]
    public async Task EndAsync() => await server.DisposeAsync();

    [Test]
    public async Task Its_own_address_is_shown_the_token_and_headers_of_its_own(CancellationToken cancellationToken)
    {
        Assert.That((await FilesOfAsync(push, cancellationToken))["large.bin"], Is.EqualTo(Large));
        Assert.That(server.Asked, Is.EqualTo((string[])[$"/me/hello.git/info/lfs/objects/batch {Credentials.ToHeader()}", $"/large {Credentials.ToHeader()}"]));
    }

    [TestCase(", \"authenticated\": true", "", "")]
    [TestCase("", """, "header": {"Authorization": "Token 7", "X-Other": "1"}""", " Token 7")]
    public async Task Where_it_says_how_to_ask_it_is_asked_so(string item, string action, string shown, CancellationToken cancellationToken)
    {
        server.Batch = Answer("SELF/large", item, action);
        Assert.That((await FilesOfAsync(push, cancellationToken))["large.bin"], Is.EqualTo(Large));
        Assert.That(server.Asked.Last(), Is.EqualTo($"/large{shown}"));
    }

    [Test]
    public async Task Another_address_is_not_shown_the_token(CancellationToken cancellationToken)
    {
        await using var storage = await OddServer.StartAsync();
        storage.Body = Large;
        server.Batch = Answer(new Uri(storage.Url, "/bucket/large").AbsoluteUri);
        Assert.That((await FilesOfAsync(push, cancellationToken))["large.bin"], Is.EqualTo(Large));
        Assert.That(storage.Asked, Is.EqualTo((string[])["/bucket/large"]));
    }

    [Test]
    public async Task Where_it_sends_on_to_its_storage_the_token_stays_behind(CancellationToken cancellationToken)
    {
        await using var storage = await OddServer.StartAsync();
        storage.Body = Large;
        server.Redirection = new Uri(storage.Url, "/bucket/large").AbsoluteUri;
        Assert.That((await FilesOfAsync(push, cancellationToken))["large.bin"], Is.EqualTo(Large));
        Assert.That(storage.Asked, Is.EqualTo((string[])["/bucket/large"]));
    }

    [TestCase("another file")]
    [TestCase("a large")]
    [TestCase("a large file and more")]
    [TestCase("")]
    public async Task Another_file_is_not_kept(string body, CancellationToken cancellationToken)
    {
        server.Body = body;
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG6243: 'large.bin' came from").And.Contains("expected 12 bytes").And.Contains(oid));
        Assert.That(Store.FetchedOf(App.Id).List(), Is.Empty);
    }

    [TestCase("no JSON")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"transfer":"ssh","objects":[]}""")]
    public async Task What_is_no_answer_of_Git_LFS_is_told(string batch, CancellationToken cancellationToken)
    {
        server.Batch = batch;
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG6244").And.Contains("/me/hello.git/info/lfs/objects/batch"));
    }

    [TestCase("""{"objects":[]}""")]
    [TestCase("""{"objects":[null]}""")]
    [TestCase("""{"objects":[{"oid":"OID","size":12}]}""")]
    [TestCase("""{"objects":[{"oid":"OID","size":12,"actions":{"download":{"href":"file:///etc/passwd"}}}]}""")]
    [TestCase("""{"objects":[{"oid":"OID","size":12,"actions":{"download":{"href":null}}}]}""")]
    public async Task A_file_without_an_address_is_missing(string batch, CancellationToken cancellationToken)
    {
        server.Batch = batch.Replace("OID", oid, StringComparison.Ordinal);
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG6242").And.Contains("'large.bin'"));
    }

    [Test]
    public async Task An_address_beside_this_machine_is_refused(CancellationToken cancellationToken)
    {
        server.Batch = Answer("http://169.254.169.254/latest/meta-data");
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG2211").And.Contains("169.254.169.254"));
        server.Batch = Answer("SELF/large");
        server.Redirection = "http://10.0.0.1/large";
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG2211").And.Contains("10.0.0.1"));
    }

    [TestCase(500, 3)]
    [TestCase(507, 3)]
    [TestCase(422, 1)]
    public async Task A_refusal_is_told_and_tried_again_where_it_may_pass(int status, int times, CancellationToken cancellationToken)
    {
        server.Status = status;
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG2215").And.Contains($"{status}"));
        Assert.That(server.Asked, Has.Count.EqualTo(times));
    }

    [Test]
    public async Task What_opens_the_storage_is_in_no_message(CancellationToken cancellationToken)
    {
        server.Body = "another file";
        Assert.That(await RefusedAsync(push, cancellationToken), Does.Not.Contain("s3cret"));
        server.Redirection = "http://127.0.0.1:1/large?signature=s3cret";
        Assert.That(await RefusedAsync(push, cancellationToken), Does.StartWith("SLUG2216").And.Not.Contain("s3cret"));
    }

    private static string Answer(string href, string item = "", string action = "") =>
        $$$"""{"transfer":"basic","objects":[{"oid":"{{{oid}}}","size":12{{{item}}},"actions":{"download":{"href":"{{{href}}}"{{{action}}}} } }]}""";
}
