using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Slug.Api;
using Slug.Content;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Pushes.LargeFiles;
using Slug.Tokens;

namespace Slug.Tests.Platform;

/// <summary>As far as it goes without an engine; what becomes of a good one is told by <c>Slug.Acceptance</c>.</summary>
[CancelAfter(60_000)]
internal sealed class When_a_slug_is_uploaded
{
    private const string Web = """{"process_types":{"web":"./serve"}}""";

    private static readonly byte[] archive = Tarball.Of(("./app/serve", "exec sleep 1\n"));

    private readonly HttpClient http = new();
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await PlatformScene.StartAsync(new KeyValuePair<string, string?>("Pushes:Limit", "100000"));
        await scene.AppAsync("promoted");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_first_be_announced_with_what_is_known_of_it(CancellationToken cancellationToken)
    {
        var told = await AnnounceAsync(
            """{"process_types":{"web":"./serve","worker_1-a":"work"},"checksum":"sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855","commit":"60883d9","commit_description":"mended","buildpack_provided_description":"Shell","stack":"heroku-18"}""",
            cancellationToken, HttpStatusCode.UnprocessableEntity);
        Assert.That(told.GetProperty("message").GetString(), Does.StartWith("SLUG6108"));
        told = await AnnounceAsync(
            """{"process_types":{"web":"./serve","worker_1-a":"work"},"checksum":"sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855","commit":"60883d9","commit_description":"mended","buildpack_provided_description":"Shell","stack":"bookworm"}""",
            cancellationToken);
        Assert.That(told.GetProperty("blob").GetProperty("method").GetString(), Is.EqualTo("put"));

        var shown = await JsonAsync("GET", $"/apps/promoted/slugs/{IdOf(told)}", null, HttpStatusCode.OK, cancellationToken);

        Assert.Multiple(() =>
        {
            foreach (var (member, value) in new Dictionary<string, string?>
            {
                ["checksum"] = "SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                ["commit"] = "60883d9", ["commit_description"] = "mended", ["buildpack_provided_description"] = "Shell", ["size"] = null,
            })
                Assert.That((told.GetProperty(member).ToString(), shown.GetProperty(member).ToString()), Is.EqualTo((value ?? "", value ?? "")), member);
            Assert.That(shown.GetProperty("process_types").GetProperty("worker_1-a").GetString(), Is.EqualTo("work"));
            Assert.That(shown.GetProperty("blob").GetProperty("method").GetString(), Is.EqualTo("get"), "where to write is told once, to who may deploy");
        });
        Assert.That(await RefusalAsync(await http.GetAsync(BlobOf(shown), cancellationToken)), Does.StartWith("404 SLUG6128"));
        var release = await JsonAsync("POST", "/apps/promoted/releases", $$"""{"slug":"{{IdOf(told)}}"}""", HttpStatusCode.UnprocessableEntity, cancellationToken);
        Assert.That(release.GetProperty("message").GetString(), Does.StartWith($"SLUG6128: the slug '{IdOf(told)}' has not been uploaded"));
    }

    [TestCase("{}", "SLUG6123")]
    [TestCase("""{"process_types":null}""", "SLUG6123")]
    [TestCase("""{"process_types":["web"]}""", "SLUG6103")]
    [TestCase("""{"process_types":{"":"x"}}""", "SLUG6124")]
    [TestCase("""{"process_types":{"we b":"x"}}""", "SLUG6124")]
    [TestCase("""{"process_types":{"wéb":"x"}}""", "SLUG6124")]
    [TestCase("""{"process_types":{"web":" "}}""", "SLUG6125")]
    [TestCase("""{"process_types":{"web":null}}""", "SLUG6125")]
    [TestCase("""{"process_types":{"web":"a\nb"}}""", "SLUG6125")]
    [TestCase("""{"process_types":{"web":"a\u0000b"}}""", "SLUG6125")]
    [TestCase("""{"process_types":{},"checksum":"MD5:1"}""", "SLUG6126")]
    [TestCase("""{"process_types":{},"checksum":"SHA256:12"}""", "SLUG6126")]
    [TestCase("""{"process_types":{},"commit":""}""", "SLUG6127")]
    [TestCase("""{"process_types":{},"commit":"a\nb"}""", "SLUG6127")]
    [TestCase("""{"process_types":{},"stack":"cedar"}""", "SLUG6108")]
    public async Task Should_be_told_at_once_what_can_be_no_slug(string body, string code, CancellationToken cancellationToken)
    {
        var error = await AnnounceAsync(body, cancellationToken, HttpStatusCode.UnprocessableEntity);
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith(code));
    }

    [Test]
    public async Task Should_be_told_of_texts_and_commands_beyond_all_measure(CancellationToken cancellationToken)
    {
        var text = new string('x', 1001);
        foreach (var member in (string[])["commit", "commit_description", "buildpack_provided_description"])
            Assert.That((await AnnounceAsync($$$"""{"process_types":{},"{{{member}}}":"{{{text}}}"}""", cancellationToken, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), Does.StartWith($"SLUG6127: '{member}'"));
        var command = new string('x', 100_001);
        Assert.That((await AnnounceAsync($$$"""{"process_types":{"web":"{{{command}}}"}}""", cancellationToken, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), Does.StartWith("SLUG6125"));
    }

    [Test]
    public async Task Should_refuse_an_archive_that_is_not_what_was_promised_and_take_the_right_one_then(CancellationToken cancellationToken)
    {
        var checksum = Convert.ToHexString(SHA256.HashData(archive));
        var slug = await AnnounceAsync($$"""{"process_types":{"web":"./serve"},"checksum":"SHA256:{{checksum}}"}""", cancellationToken);
        Assert.That(await PutAsync(slug, [.. archive, 0], cancellationToken), Does.StartWith("422 SLUG6136").And.Contains($"'SHA256:{checksum.ToLowerInvariant()}' as was promised"));
        Assert.That(await PutAsync(slug, archive, cancellationToken), Does.StartWith("503 SLUG70"), "without an engine it goes no further");
        Assert.That(KeptOf(slug), Is.Zero);
    }

    [Test]
    public async Task Should_refuse_what_is_no_slug_and_keep_nothing_of_it(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync(Web, cancellationToken);
        Assert.That(await PutAsync(slug, "no archive"u8.ToArray(), cancellationToken), Does.StartWith("422 SLUG6132"));
        Assert.That(await PutAsync(slug, archive[..^20], cancellationToken), Does.StartWith("422 SLUG6132"));
        Assert.That(await PutAsync(slug, Tarball.Of(("serve", "")), cancellationToken), Does.StartWith("422 SLUG6134"));
        Assert.That(KeptOf(slug), Is.Zero);
    }

    [Test]
    public async Task Should_refuse_what_is_too_large_by_its_length_and_by_its_bytes(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync(Web, cancellationToken);
        Assert.That(await PutAsync(slug, new byte[100_001], cancellationToken), Does.StartWith("413 SLUG6131"));
        using var chunked = new HttpRequestMessage(HttpMethod.Put, BlobOf(slug)) { Content = new ByteArrayContent(new byte[100_001]) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.That(await RefusalAsync(await http.SendAsync(chunked, cancellationToken)), Does.StartWith("413 SLUG6131"));
        Assert.That(KeptOf(slug), Is.Zero);
    }

    [Test]
    public async Task Should_open_its_address_to_nobody_else(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync(Web, cancellationToken);
        var (id, app) = (IdOf(slug), (await scene.AppAsync("promoted")).Id);
        using var changed = await http.PutAsync(BlobOf(slug) + "0", new ByteArrayContent(archive), cancellationToken);
        Assert.That(await RefusalAsync(changed), Does.StartWith("403 SLUG6129"));
        var reading = BuildCases.LinkTo(scene.Service, "GET", $"/slugs/{app}/{id}");
        Assert.That(await RefusalAsync(await http.PutAsync(reading, new ByteArrayContent(archive), cancellationToken)), Does.StartWith("403 SLUG6129"));
        Assert.That(await RefusalAsync(await http.GetAsync(BlobOf(slug), cancellationToken)), Does.StartWith("403 SLUG6180"));
    }

    [Test]
    public async Task Should_be_told_that_the_slug_or_its_app_is_gone(CancellationToken cancellationToken)
    {
        var app = await scene.AppAsync("short-lived");
        var slug = await JsonAsync("POST", "/apps/short-lived/slugs", Web, HttpStatusCode.Created, cancellationToken);
        await scene.Of<Database>().WriteAsync(db => db.Execute("delete from slugs where id = @id", new { id = IdOf(slug) }), cancellationToken);
        Assert.That(await PutAsync(slug, archive, cancellationToken), Does.StartWith("404 SLUG6137"));
        await scene.Of<Demolition>().DestroyAsync(app, "tests", cancellationToken);
        Assert.That(await PutAsync(slug, archive, cancellationToken), Does.StartWith("404 SLUG6137"));
    }

    [Test]
    public async Task Should_be_uploaded_once_and_given_back_as_it_came(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync("""{"process_types":{"web":"./serve"},"commit":"60883d9"}""", cancellationToken);
        await TakenAsync(slug, cancellationToken);
        Assert.That(await PutAsync(slug, archive, cancellationToken), Does.StartWith("409 SLUG6130").And.Contains("is never changed"));

        var shown = await JsonAsync("GET", $"/apps/promoted/slugs/{IdOf(slug)}", null, HttpStatusCode.OK, cancellationToken);
        Assert.That((shown.GetProperty("size").GetInt64(), shown.GetProperty("checksum").GetString()), Is.EqualTo((archive.Length, $"SHA256:{Convert.ToHexStringLower(SHA256.HashData(archive))}")));
        Assert.That(await http.GetByteArrayAsync(BlobOf(shown), cancellationToken), Is.EqualTo(archive));
    }

    [Test]
    public async Task Should_be_released_under_its_own_id_until_the_next_one(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync("""{"process_types":{"web":"./serve"},"commit":"v1"}""", cancellationToken);
        await TakenAsync(slug, cancellationToken);
        var released = await JsonAsync("POST", "/apps/promoted/releases", $$"""{"slug":"{{IdOf(slug)}}"}""", HttpStatusCode.Created, cancellationToken);
        Assert.That(released.GetProperty("description").GetString(), Is.EqualTo("Deploy v1"));
        await JsonAsync("PATCH", "/apps/promoted/config-vars", """{"LATER":"1"}""", HttpStatusCode.OK, cancellationToken);
        var current = await JsonAsync("GET", "/apps/promoted/releases/current", null, HttpStatusCode.OK, cancellationToken);
        var back = await JsonAsync("POST", "/apps/promoted/releases", $$"""{"release":"{{released.GetProperty("id").GetString()}}"}""", HttpStatusCode.Created, cancellationToken);
        foreach (var release in (JsonElement[])[released, current, back])
            Assert.That(release.GetProperty("slug").GetProperty("id").GetGuid(), Is.EqualTo(IdOf(slug)));
    }

    [Test]
    public async Task Should_be_taken_from_one_sender_at_a_time(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync(Web, cancellationToken);
        var (app, uploads, body) = (await scene.AppAsync("promoted"), scene.Of<SlugUploads>(), new SlowStream(archive));
        var first = uploads.ReceiveAsync(app, IdOf(slug), body, cancellationToken);
        await body.Begun.WaitAsync(cancellationToken);
        Assert.That(await PutAsync(slug, archive, cancellationToken), Does.StartWith("409 SLUG6130").And.Contains("is being uploaded already"));
        body.Rest.SetResult();
        Assert.That((await first as SlugUpload.Refused)?.Fault, Is.EqualTo(SlugFault.Ours));
    }

    [Test]
    public async Task Should_leave_nothing_where_it_never_comes(CancellationToken cancellationToken)
    {
        var slug = await AnnounceAsync(Web, cancellationToken);
        await scene.Of<LargeFileStore>().Of(IdOf(slug)).WriteAsync(archive, cancellationToken);
        await SetAsync(slug, "updated_at", TimeProvider.System.GetUtcNow().AddHours(-25), cancellationToken);
        var (slugs, before) = (scene.Of<UploadedSlugs>(), KeptOf(slug));
        Assert.That(await slugs.TrimAsync(rehearse: true, "tests", cancellationToken), Has.Property("Count").EqualTo(1));
        Assert.That(KeptOf(slug), Is.EqualTo(before));
        await slugs.TrimAsync(rehearse: false, "tests", cancellationToken);
        Assert.That(await slugs.TrimAsync(rehearse: false, "tests", cancellationToken), Is.EqualTo(new Swept("uploaded slugs", 0, 0)));
        Assert.That(KeptOf(slug), Is.Zero);
        await JsonAsync("GET", $"/apps/promoted/slugs/{IdOf(slug)}", null, HttpStatusCode.NotFound, cancellationToken);
    }

    [Test]
    public async Task Should_go_with_its_app(CancellationToken cancellationToken)
    {
        var app = await scene.AppAsync("doomed-with-slug");
        var slug = await JsonAsync("POST", "/apps/doomed-with-slug/slugs", Web, HttpStatusCode.Created, cancellationToken);
        await scene.Of<LargeFileStore>().Of(IdOf(slug)).WriteAsync(archive, cancellationToken);
        await scene.Of<Demolition>().DestroyAsync(app, "tests", cancellationToken);
        Assert.That(KeptOf(slug), Is.Zero);
    }

    [Test]
    public async Task Should_be_announced_by_who_deploys_and_shown_to_who_reads(CancellationToken cancellationToken)
    {
        var slug = IdOf(await AnnounceAsync(Web, cancellationToken));
        foreach (var (scope, create, read) in ((Scope, HttpStatusCode, HttpStatusCode)[])[(Scope.Read, HttpStatusCode.Forbidden, HttpStatusCode.OK), (Scope.Deploy, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden)])
        {
            var token = await scene.Service.TokenAsync(new($"t-{Guid.NewGuid():N}"[..20], null, new HashSet<Scope> { scope }), cancellationToken);
            Assert.That((await scene.Service.StatusAsync("POST", "/apps/promoted/slugs", token, cancellationToken), await scene.Service.StatusAsync("GET", $"/apps/promoted/slugs/{slug}", token, cancellationToken)), Is.EqualTo((create, read)));
        }
    }

    // As if an engine had made a droplet of it.
    private async Task TakenAsync(JsonElement slug, CancellationToken cancellationToken)
    {
        await scene.Of<LargeFileStore>().Of(IdOf(slug)).WriteAsync(archive, cancellationToken);
        await SetAsync(slug, "archive", Digest.Of(archive), cancellationToken);
        await SetAsync(slug, "size", archive.Length, cancellationToken);
        await SetAsync(slug, "droplet", Digest.Of("droplet"u8), cancellationToken);
    }

    private Task<int> SetAsync<T>(JsonElement slug, string column, T value, CancellationToken cancellationToken) =>
        scene.Of<Database>().WriteAsync(db => db.Execute($"update slugs set {column} = @value where id = @id", new { id = IdOf(slug), value }), cancellationToken);

    private long KeptOf(JsonElement slug) => scene.Of<LargeFileStore>().SizeOf(IdOf(slug));

    private Task<JsonElement> AnnounceAsync(string body, CancellationToken cancellationToken, HttpStatusCode status = HttpStatusCode.Created) =>
        JsonAsync("POST", "/apps/promoted/slugs", body, status, cancellationToken);

    private async Task<string> PutAsync(JsonElement slug, byte[] body, CancellationToken cancellationToken) =>
        await RefusalAsync(await http.PutAsync(BlobOf(slug), new ByteArrayContent(body), cancellationToken));

    private async Task<JsonElement> JsonAsync(string method, string path, string? body, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(method, path, body, cancellationToken);
        var json = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(status), json);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage response)
    {
        using (response)
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    private static Guid IdOf(JsonElement slug) => slug.GetProperty("id").GetGuid();

    private static string BlobOf(JsonElement slug) => slug.GetProperty("blob").GetProperty("url").GetString()!;

    /// <summary>Gives its bytes when it is told to.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => begun.Task;

        public TaskCompletionSource Rest { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            begun.TrySetResult();
            await Rest.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
