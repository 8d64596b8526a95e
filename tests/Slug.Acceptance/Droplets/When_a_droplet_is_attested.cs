using System.Text.Json;
using System.Text.Json.Nodes;
using Slug.Content;

namespace Slug.Acceptance.Droplets;

[Parallelizable]
public class When_a_droplet_is_attested
{
    private const string App = "attested";

    private GitFolder folder = null!;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        folder = await GitFolder.OfSampleAsync("static-hello", patience.Token);
        var push = await folder.PushAsync(Slugs.Real, App, patience.Token);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That((await Slugs.Real.SlugAsync(patience.Token, "droplets", "key", "-o", File("slug.pub"))).ExitCode, Is.Zero);
        Assert.That((await Slugs.Real.SlugAsync(patience.Token, "droplets", "provenance", App, "-o", File("provenance.json"))).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test, CancelAfter(60_000)]
    public async Task Should_be_verified_by_openssl(CancellationToken cancellationToken)
    {
        var envelope = await EnvelopeAsync(cancellationToken);
        var payload = Convert.FromBase64String(envelope["payload"]!.GetValue<string>());
        byte[] signed = [.. System.Text.Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload];
        await System.IO.File.WriteAllBytesAsync(File("signed"), signed, cancellationToken);
        await System.IO.File.WriteAllBytesAsync(File("signature"), Convert.FromBase64String(envelope["signatures"]![0]!["sig"]!.GetValue<string>()), cancellationToken);
        await using var openssl = RunningProgram.Start("openssl", ["dgst", "-sha256", "-verify", File("slug.pub"), "-signature", File("signature"), File("signed")]);
        Assert.That((await openssl.EndAsync(cancellationToken)).Output, Does.Contain("Verified OK"));
        var statement = JsonDocument.Parse(payload).RootElement;
        Assert.That(statement.GetProperty("predicate").GetProperty("buildDefinition").GetProperty("resolvedDependencies")[0].GetProperty("digest").GetProperty("gitCommit").GetString(),
            Is.EqualTo((await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim()));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_believed_without_a_service_unless_it_was_altered(CancellationToken cancellationToken)
    {
        var droplet = await DropletAsync(cancellationToken);
        Assert.That((await VerifyAsync(droplet, "provenance.json", cancellationToken)).ExitCode, Is.Zero);

        var altered = await EnvelopeAsync(cancellationToken);
        var payload = Convert.FromBase64String(altered["payload"]!.GetValue<string>());
        payload[payload.Length / 2] ^= 1;
        altered["payload"] = Convert.ToBase64String(payload);
        await System.IO.File.WriteAllTextAsync(File("altered.json"), altered.ToJsonString(), cancellationToken);
        foreach (var (name, file, reason) in ((string, string, string)[])
        [
            (droplet, "altered.json", "SLUG4156"), ($"sha256:{new string('0', 64)}", "provenance.json", "SLUG4157"), (droplet, "slug.pub", "SLUG4159"), (droplet, "gone.json", "SLUG4158"),
        ])
        {
            var refused = await VerifyAsync(name, file, cancellationToken);
            Assert.That((refused.ExitCode, refused.Output.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), refused.Output);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_not_be_believed_by_who_holds_another_installation_s_key(CancellationToken cancellationToken)
    {
        await Slugs.Other.SlugAsync(cancellationToken, "droplets", "key", "-o", File("other.pub"));
        var refused = await Slugs.Real.SlugAsync(cancellationToken, "droplets", "verify-signature", App, "--key", File("other.pub"));
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Output, Does.Contain("SLUG4155"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_listed_by_the_registry_for_the_image_that_is_pulled(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new($"{Slugs.Real.Url}/") };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"slug:{Slugs.Real.Token}")));
        var image = Digest.Of(await client.GetByteArrayAsync($"v2/{App}/manifests/v1-zstd", cancellationToken));
        var index = JsonDocument.Parse(await client.GetStringAsync($"v2/{App}/referrers/{image}", cancellationToken)).RootElement;
        Assert.That(
            index.GetProperty("manifests").EnumerateArray().Select(manifest => manifest.GetProperty("artifactType").GetString()),
            Is.EquivalentTo((string[])["application/vnd.in-toto.provenance+dsse", "application/vnd.in-toto.cyclonedx+dsse"]));
        foreach (var referrer in index.GetProperty("manifests").EnumerateArray())
        {
            var manifest = JsonDocument.Parse(await client.GetStringAsync($"v2/{App}/manifests/{referrer.GetProperty("digest").GetString()}", cancellationToken)).RootElement;
            Assert.That(manifest.GetProperty("subject").GetProperty("digest").GetString(), Is.EqualTo(image.ToString()));
            await System.IO.File.WriteAllBytesAsync(
                File("pulled.json"), await client.GetByteArrayAsync($"v2/{App}/blobs/{manifest.GetProperty("layers")[0].GetProperty("digest").GetString()}", cancellationToken), cancellationToken);
            var verified = await VerifyAsync(image.ToString(), "pulled.json", cancellationToken);
            Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_found_by_release_and_by_digits_and_nothing_else(CancellationToken cancellationToken)
    {
        var digits = (await DropletAsync(cancellationToken))["sha256:".Length..];
        foreach (var name in (string[])[App, $"{App}@v1", digits, $"sha256:{digits[..12]}"])
            Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", name)).Output, Does.Contain(digits), name);
        foreach (var (name, reason) in ((string, string)[])[($"{App}@v99", "SLUG4153"), ($"{App}@", "SLUG4153"), (digits[..11], "SLUG4151"), (new string('0', 12), "SLUG4151"), ("no%_app", "SLUG4151")])
        {
            var refused = await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", name);
            Assert.That((refused.ExitCode, refused.Output.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), refused.Output);
        }
    }

    private string File(string name) => Path.Combine(folder.Path, ".git", name);

    private async Task<JsonObject> EnvelopeAsync(CancellationToken cancellationToken) =>
        JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File("provenance.json"), cancellationToken))!.AsObject();

    private static async Task<string> DropletAsync(CancellationToken cancellationToken) =>
        JsonDocument.Parse((await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", App, "--json")).Output).RootElement.GetProperty("droplet").GetString()!;

    // Of a whole digest, with key and envelope at hand: at a data directory without a service.
    private async Task<ProgramResult> VerifyAsync(string droplet, string file, CancellationToken cancellationToken)
    {
        await using var verify = RunningProgram.Start(
            Installation.Program, ["--data", folder.Path, "droplets", "verify-signature", droplet, "--key", File("slug.pub"), "--envelope", File(file)]);
        return await verify.EndAsync(cancellationToken);
    }
}
