using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Tokens;

namespace Slug.Tests.Registry;

[CancelAfter(60_000)]
public class When_a_client_keeps_to_the_distribution_spec
{
    private RegistryScene scene = null!;
    private Digest digest;
    private ImageManifest manifest = null!;

    private static object[][] Mistakes =>
    [
        ["GET /v2/", "PUT", "v2/", 405, "UNSUPPORTED: SLUG4105"],
        ["GET /v2/token", "DELETE", "v2/token", 405, "UNSUPPORTED: SLUG4105"],
        ["GET /v2/_catalog", "GET", "v2/_catalog?n=-1", 400, "PAGINATION_NUMBER_INVALID: SLUG4107"],
        ["GET /v2/{name}/tags/list", "GET", "v2/nobody/tags/list", 404, "NAME_UNKNOWN: SLUG4101"],
        ["GET /v2/{name}/tags/list", "GET", "v2/app/tags/list?n=many", 400, "PAGINATION_NUMBER_INVALID: SLUG4107"],
        ["GET /v2/{name}/referrers/{digest}", "GET", "v2/app/referrers/nothing", 400, "DIGEST_INVALID: SLUG4109"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/nobody/manifests/v1", 404, "NAME_UNKNOWN: SLUG4101"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/app/manifests/v9", 404, "MANIFEST_UNKNOWN: SLUG4102"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/app/manifests/v0", 404, "MANIFEST_UNKNOWN: SLUG4102"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/app/manifests/v99999999999999", 404, "MANIFEST_UNKNOWN: SLUG4102"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/app/manifests/stable", 404, "MANIFEST_UNKNOWN: SLUG4102"],
        ["GET /v2/{name}/manifests/{reference}", "GET", "v2/app/manifests/sha256:0000000000000000000000000000000000000000000000000000000000000000", 404, "MANIFEST_UNKNOWN: SLUG4102"],
        ["GET /v2/{name}/blobs/{digest}", "GET", "v2/app/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000", 404, "BLOB_UNKNOWN: SLUG4103"],
        ["GET /v2/{name}/blobs/{digest}", "GET", "v2/app/blobs/nothing", 400, "DIGEST_INVALID: SLUG4109"],
        ["GET /v2/{**name}", "GET", "v2/deep/er/manifests/v1", 404, "NAME_UNKNOWN: SLUG4101"],
        ["POST /v2/{**name}", "POST", "v2/app/blobs/uploads/", 405, "UNSUPPORTED: SLUG4105: 'POST' is not supported: images are pulled here, never pushed or deleted; a droplet comes by git push"],
        ["PUT /v2/{**name}", "PUT", "v2/app/manifests/v1", 405, "UNSUPPORTED: SLUG4105"],
        ["PATCH /v2/{**name}", "PATCH", "v2/app/blobs/uploads/1", 405, "UNSUPPORTED: SLUG4105"],
        ["DELETE /v2/{**name}", "DELETE", "v2/app/manifests/v1", 405, "UNSUPPORTED: SLUG4105"],
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await RegistryScene.StartAsync();
        await scene.ReleaseAsync("one");
        await scene.ReleaseAsync("two");
        (digest, manifest) = await scene.ManifestAsync("v1");
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => scene.DisposeAsync();

    [Test]
    public async Task Should_find_a_registry()
    {
        using var response = await scene.Client.GetAsync("v2/");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("Docker-Distribution-Api-Version"), Is.EqualTo((string[])["registry/2.0"]));
    }

    [Test]
    public async Task Should_be_told_where_to_get_a_token_and_get_one_for_name_and_password()
    {
        using var refused = await scene.Stranger.GetAsync("v2/app/manifests/v1");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That($"{refused.Headers.WwwAuthenticate}", Is.EqualTo($"Bearer realm=\"{scene.Url}/v2/token\",service=\"slug\",scope=\"repository:app:pull\""));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("\"UNAUTHORIZED\"").And.Contains("SLUG4100"));

        using var wrong = await LogInAsync("slg_wrong");
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        using var right = await LogInAsync(scene.Token);
        var token = JsonNode.Parse(await right.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        Assert.That(await StatusAsync("v2/", new("Bearer", token)), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync("v2/", Basic(scene.Token)), Is.EqualTo(HttpStatusCode.OK), "Basic does as well");
        Assert.That(await StatusAsync("v2/", new("Bearer", "slg_wrong")), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Should_be_sent_to_the_proxy_that_speaks_TLS_for_its_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/") { Headers = { { "X-Forwarded-Proto", "https" }, { "Host", "slug.example.org" } } };
        using var response = await scene.Stranger.SendAsync(request);
        Assert.That($"{response.Headers.WwwAuthenticate}", Does.Contain("realm=\"https://slug.example.org/v2/token\""));
    }

    [Test]
    public async Task Should_get_a_manifest_with_digest_type_and_length_by_tag_and_digest_and_head_of_it([Values] bool byDigest, [Values] bool head)
    {
        using var request = new HttpRequestMessage(head ? HttpMethod.Head : HttpMethod.Get, $"v2/app/manifests/{(byDigest ? $"{digest}" : "v1")}");
        request.Headers.Accept.Add(new(MediaTypes.Manifest));
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("Docker-Content-Digest"), Is.EqualTo((string[])[$"{digest}"]));
        Assert.That(response.Headers.ETag!.Tag, Is.EqualTo($"\"{digest}\""));
        Assert.That($"{response.Content.Headers.ContentType}", Is.EqualTo(MediaTypes.Manifest));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(scene.Images.Blobs.Length(digest)));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Has.Length.EqualTo(head ? 0 : scene.Images.Blobs.Length(digest)));
    }

    [Test]
    public async Task Should_not_get_again_what_it_has()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/app/manifests/v1") { Headers = { IfNoneMatch = { new($"\"{digest}\"") } } };
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("application/vnd.docker.distribution.manifest.v2+json", HttpStatusCode.NotFound)]
    [TestCase("application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json;q=0.5", HttpStatusCode.OK)]
    [TestCase("*/*", HttpStatusCode.OK)]
    public async Task Should_get_no_manifest_of_a_type_that_it_does_not_accept(string accept, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/app/manifests/v1") { Headers = { { "Accept", accept } } };
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(expected));
        if (expected != HttpStatusCode.OK)
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("SLUG4106"));
    }

    [Test]
    public void Every_endpoint_has_a_mistake_that_it_is_asked_with() =>
        Assert.That(Mistakes.Select(known => known[0]).Distinct(), Is.EquivalentTo(AccessRules.Table.Keys.Where(rule => rule.Contains(" /v2/", StringComparison.Ordinal))));

    [TestCaseSource(nameof(Mistakes))]
    public async Task Should_be_told_what_is_not_there(string endpoint, string method, string path, int status, string error)
    {
        using var response = await scene.Client.SendAsync(new(new HttpMethod(method), path));
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), $"{endpoint}: {body}");
        var told = JsonNode.Parse(body)!["errors"]![0]!;
        Assert.That($"{told["code"]}: {told["message"]}", Does.StartWith(error));
    }

    [Test]
    public async Task Should_get_a_blob_whole_or_its_head()
    {
        var layer = manifest.Layers[1];
        using var head = await scene.Client.SendAsync(new(HttpMethod.Head, $"v2/app/blobs/{layer.Digest}"));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(layer.Size));
        Assert.That(head.Headers.GetValues("Docker-Content-Digest"), Is.EqualTo((string[])[$"{layer.Digest}"]));
        Assert.That(head.Headers.AcceptRanges, Is.EqualTo((string[])["bytes"]));
        using var whole = await scene.Client.GetAsync($"v2/app/blobs/{layer.Digest}");
        Assert.That(whole.Content.Headers.ContentLength, Is.EqualTo(layer.Size));
        Assert.That(Digest.Of(await whole.Content.ReadAsByteArrayAsync()), Is.EqualTo(layer.Digest));
    }

    [TestCase(0, 9)]
    [TestCase(10, null)]
    [TestCase(null, 5)]
    public async Task Should_get_a_part_of_a_blob(long? from, long? to)
    {
        var layer = manifest.Layers[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/app/blobs/{layer.Digest}") { Headers = { Range = new(from, to) } };
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        var all = await File.ReadAllBytesAsync(scene.Images.Blobs.PathOf(layer.Digest));
        var expected = (from, to) switch { (null, { } last) => all[^(int)last..], ({ } first, null) => all[(int)first..], _ => all[(int)from!..(int)(to! + 1)] };
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(expected));
        Assert.That(response.Content.Headers.ContentRange!.Length, Is.EqualTo(layer.Size));
    }

    [Test]
    public async Task Should_be_told_where_a_part_lies_behind_the_end()
    {
        var layer = manifest.Layers[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/app/blobs/{layer.Digest}") { Headers = { Range = new(layer.Size, null) } };
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    [Test]
    public async Task Should_get_no_blob_or_manifest_through_an_app_that_does_not_have_it()
    {
        await scene.Service<Slug.Apps.AppStore>().FindOrCreateAsync(Slug.Apps.AppName.Parse("other"), "tests", CancellationToken.None);
        Assert.That(await scene.ErrorOfAsync($"v2/other/blobs/{manifest.Layers[1].Digest}", HttpStatusCode.NotFound), Does.StartWith("BLOB_UNKNOWN"));
        Assert.That(await scene.ErrorOfAsync($"v2/other/manifests/{digest}", HttpStatusCode.NotFound), Does.StartWith("MANIFEST_UNKNOWN"));
    }

    [Test]
    public async Task Should_list_tags_in_order_and_in_pages()
    {
        Assert.That(await TagsAsync("v2/app/tags/list"), Is.EqualTo((string[])["latest", "latest-zstd", "v1", "v1-zstd", "v2", "v2-zstd"]));
        Assert.That(await TagsAsync("v2/app/tags/list?n=0"), Is.Empty);
        Assert.That(await TagsAsync("v2/app/tags/list?last=v1"), Is.EqualTo((string[])["v1-zstd", "v2", "v2-zstd"]));
        var (all, next) = (new List<string>(), "/v2/app/tags/list?n=4");
        while (next is not null)
        {
            using var response = await scene.Client.GetAsync(next);
            all.AddRange(Names(await response.Content.ReadAsStringAsync(), "tags"));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            Assert.That(next, Is.Null.Or.EqualTo("/v2/app/tags/list?n=4&last=v1-zstd"));
        }

        Assert.That(all, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Should_list_the_apps() =>
        Assert.That(Names(await scene.Client.GetStringAsync("v2/_catalog"), "repositories"), Does.Contain("app"));

    [Test]
    public async Task Should_find_what_refers_to_a_droplet_under_its_manifest_and_its_images()
    {
        var droplet = await DropletAsync();
        var artifact = new Artifact { Type = "application/vnd.example", MediaType = "text/plain", Content = Encoding.UTF8.GetBytes("about it") };
        foreach (var subject in (Digest[])[droplet, digest])
        {
            await scene.Service<ReferrerStore>().AddAsync(subject, artifact, CancellationToken.None);
            await scene.Service<ReferrerStore>().AddAsync(subject, artifact with { Type = "application/vnd.other" }, CancellationToken.None);
            await scene.Service<ReferrerStore>().AddAsync(subject, artifact with { Annotations = new Dictionary<string, string> { ["slug.build"] = "of another app" } }, CancellationToken.None);
            using var response = await scene.Client.GetAsync($"v2/app/referrers/{subject}?artifactType=application/vnd.example");
            Assert.That(response.Headers.GetValues("OCI-Filters-Applied"), Is.EqualTo((string[])["artifactType"]));
            Assert.That($"{response.Content.Headers.ContentType}", Is.EqualTo(MediaTypes.Index));
            var found = OciJson.ReadIndex(await response.Content.ReadAsByteArrayAsync()).Manifests.Single();
            Assert.That(found.ArtifactType, Is.EqualTo("application/vnd.example"));
            var about = OciJson.ReadManifest(await scene.Client.GetByteArrayAsync($"v2/app/manifests/{found.Digest}"));
            Assert.That(about.Subject!.Digest, Is.EqualTo(subject));
            Assert.That(await scene.Client.GetStringAsync($"v2/app/blobs/{about.Layers.Single().Digest}"), Is.EqualTo("about it"));
            Assert.That(await scene.Client.GetStringAsync($"v2/app/blobs/{about.Config.Digest}"), Is.EqualTo("{}"));
        }

        var none = OciJson.ReadIndex(await scene.Client.GetByteArrayAsync($"v2/app/referrers/{Digest.Of("nothing"u8)}"));
        Assert.That(none.Manifests, Is.Empty);
    }

    private async Task<Digest> DropletAsync()
    {
        var droplets = await scene.Service<DropletStore>().ListAsync(scene.App, CancellationToken.None);
        var named = Digest.Parse(manifest.Annotations!["slug.droplet"]);
        return droplets.Single(droplet => droplet.Digest == named).Manifest;
    }

    private async Task<string[]> TagsAsync(string path) => Names(await scene.Client.GetStringAsync(path), "tags");

    private static string[] Names(string json, string member) => [.. JsonNode.Parse(json)![member]!.AsArray().Select(name => name!.GetValue<string>())];

    private async Task<HttpResponseMessage> LogInAsync(string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/token?service=slug&scope=repository:app:pull&account=anybody") { Headers = { Authorization = Basic(password) } };
        return await scene.Stranger.SendAsync(request);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, AuthenticationHeaderValue authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = authorization } };
        using var response = await scene.Stranger.SendAsync(request);
        return response.StatusCode;
    }

    private static AuthenticationHeaderValue Basic(string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{password}")));
}
