using System.Text.Json;
using Slug.Acceptance.Dashboard;
using Slug.Acceptance.Registry;

namespace Slug.Acceptance.Platform;

/// <summary>Heroku's story of slugs from scratch, with tar and curl alone.</summary>
[Parallelizable]
public class When_a_slug_is_uploaded
{
    private const string Server =
        """
        #!/usr/bin/perl
        use IO::Socket::INET;
        my $listener = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 5, ReuseAddr => 1) or die;
        while (my $client = $listener->accept) { while (<$client>) { last if /^\r?$/ } print $client "HTTP/1.0 200 OK\r\n\r\nserved by $0, $ENV{GREETING}"; close $client }
        """;

    private DirectoryInfo folder = null!;
    private string app = null!;
    private JsonElement slug;

    [OneTimeSetUp]
    public async Task UploadAsync()
    {
        using var patience = Slugs.Patience();
        folder = Directory.CreateTempSubdirectory("slug-upload-");
        await ShellAsync($"""
            mkdir -p app/empty app/.profile.d
            cat >app/serve <<'END'
            {Server}
            END
            chmod 755 app/serve; echo 'export GREETING=hello' >app/.profile.d/greet.sh
            echo '*' >app/.slugignore; echo 'web: false' >app/Procfile; ln app/serve app/again; ln -s /usr/bin/perl app/perl; chmod 750 app/empty
            tar czf slug.tgz ./app
            """, patience.Token);
        using var client = new PlatformClient(Slugs.Real);
        app = await client.AppAsync(patience.Token);
        slug = await client.SendAsync("POST", $"/apps/{app}/slugs", """{"process_types":{"web":"./serve","one-off":"echo one"},"commit":"60883d9e8947a57e04dc9124f25df004866a2051"}""", patience.Token);
        var answer = await ShellAsync($"""curl -sS -X PUT -H "Content-Type:" --data-binary @slug.tgz -w ' %'{"{http_code}"} '{UrlOf(slug)}'""", patience.Token);
        Assert.That(answer, Does.EndWith(" 200"));
        var release = await client.SendAsync("POST", $"/apps/{app}/releases", $$"""{"slug":"{{IdOf(slug)}}"}""", patience.Token);
        Assert.That((release.GetProperty("version").GetInt32(), IdOf(release.GetProperty("slug"))), Is.EqualTo((1, IdOf(slug))));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test, CancelAfter(60_000)]
    public async Task Should_be_shown_and_given_back_as_it_came(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Real);
        var shown = await client.SendAsync("GET", $"/apps/{app}/slugs/{IdOf(slug)}", null, cancellationToken);
        var sum = (await ShellAsync("sha256sum <slug.tgz", cancellationToken)).Split(' ')[0];
        Assert.That(
            (shown.GetProperty("blob").GetProperty("method").GetString(), shown.GetProperty("checksum").GetString(), shown.GetProperty("size").GetInt64(), shown.GetProperty("commit").GetString()),
            Is.EqualTo(("get", $"SHA256:{sum}", new FileInfo(Path.Combine(folder.FullName, "slug.tgz")).Length, "60883d9e8947a57e04dc9124f25df004866a2051")));
        await ShellAsync($"curl -fsS '{UrlOf(shown)}' | cmp - slug.tgz", cancellationToken);
        var formation = await client.SendAsync("GET", $"/apps/{app}/formation", null, cancellationToken);
        Assert.That(formation.EnumerateArray().Select(type => type.GetProperty("type").GetString()), Is.EquivalentTo((string[])["web", "one-off"]));
        var build = (await client.SendAsync("GET", $"/apps/{app}/builds", null, cancellationToken))[0];
        Assert.That((build.GetProperty("status").GetString(), IdOf(build.GetProperty("slug"))), Is.EqualTo(("succeeded", IdOf(slug))));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_unpacked_again_from_its_build_s_page(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Real);
        var build = (await client.SendAsync("GET", $"/apps/{app}/builds", null, cancellationToken))[0];
        using var dashboard = await SignedIn.AtAsync(Slugs.Real, cancellationToken);

        var again = await dashboard.BuildAgainAsync($"{IdOf(build)}", cancellationToken);

        var log = (await Slugs.Real.SlugAsync(cancellationToken, "logs", again, "--follow")).Output;
        var made = await client.SendAsync("GET", $"/apps/{app}/builds/{again}", null, cancellationToken);
        Assert.That(made.GetProperty("status").GetString(), Is.EqualTo("succeeded"), log);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_start_here_from_an_archive_and_as_an_image(CancellationToken cancellationToken)
    {
        await using (var running = RunningApp.Start(Slugs.Real, app))
        {
            Assert.That(await running.AnswerAsync("/", cancellationToken), Is.EqualTo("served by ./serve, hello"));
            await running.StopAsync(cancellationToken);
        }

        await ShellAsync($"mkdir out; curl -fsS -H 'Authorization: Bearer {Slugs.Real.Token}' {Slugs.Real.Url}/slug/apps/{app}/slug.tgz | tar xz -C out", cancellationToken);
        Assert.That(await ShellAsync("out/app/.slug/launch one-off; stat -c %a out/app/empty; readlink out/app/perl; cat out/app/.slugignore; [ out/app/serve -ef out/app/again ] && echo linked", cancellationToken),
            Is.EqualTo("one\n750\n/usr/bin/perl\n*\nlinked"));

        await using var tools = await ImageTools.LogInAsync(Slugs.Real, cancellationToken);
        await tools.PullAsync($"{tools.Registry}/{app}:v1", cancellationToken);
        Assert.That(await tools.AnswerAsync($"{tools.Registry}/{app}:v1", cancellationToken), Is.EqualTo("served by ./serve, hello"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_have_a_record_and_be_made_again(CancellationToken cancellationToken)
    {
        var shown = await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", app);
        Assert.That(shown.ExitCode, Is.Zero, shown.Output);
        foreach (var statement in (string[])["sbom", "provenance"])
        {
            var made = await Slugs.Real.SlugAsync(cancellationToken, "droplets", statement, app);
            Assert.That(made.ExitCode, Is.Zero, made.Output);
        }

        await Slugs.Real.SlugAsync(cancellationToken, "config", app, "GREETING=changed");
        var verified = await Slugs.Real.SlugAsync(cancellationToken, "verify", app);
        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        Assert.That(verified.Output, Does.Contain("-----> Identical: "));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_carry_an_app_from_one_installation_to_another(CancellationToken cancellationToken)
    {
        using var source = await GitFolder.OfAsync(new Dictionary<string, string> { ["serve"] = Server, ["Procfile"] = "web: perl serve\n", [".profile"] = "export GREETING=promoted\n" }, cancellationToken);
        var (from, to) = (Slugs.NewName(), "");
        Assert.That((await source.PushAsync(Slugs.Real, from, cancellationToken)).Output, Does.Contain("Released v1"));
        using (var staging = new PlatformClient(Slugs.Real))
        {
            var release = await staging.SendAsync("GET", $"/apps/{from}/releases/current", null, cancellationToken);
            var built = await staging.SendAsync("GET", $"/apps/{from}/slugs/{IdOf(release.GetProperty("slug"))}", null, cancellationToken);
            await ShellAsync($"curl -fsS -o promoted.tgz '{UrlOf(built)}'", cancellationToken);
            using var production = new PlatformClient(Slugs.Other);
            to = await production.AppAsync(cancellationToken);
            var announced = await production.SendAsync("POST", $"/apps/{to}/slugs", $$"""{"process_types":{{built.GetProperty("process_types").GetRawText()}}}""", cancellationToken);
            await ShellAsync($"curl -fsS -T promoted.tgz '{UrlOf(announced)}'", cancellationToken);
            await production.SendAsync("POST", $"/apps/{to}/releases", $$"""{"slug":"{{IdOf(announced)}}"}""", cancellationToken);
        }

        Assert.That(await LayersAsync(Slugs.Other, to, cancellationToken), Is.EqualTo(await LayersAsync(Slugs.Real, from, cancellationToken)).And.Not.Empty);
        await using var running = RunningApp.Start(Slugs.Other, to);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Is.EqualTo("served by serve, promoted"));
        await running.StopAsync(cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_told_what_only_its_container_finds(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Real);
        var announced = await client.SendAsync("POST", $"/apps/{app}/slugs", """{"process_types":{}}""", cancellationToken);
        await ShellAsync("mkdir -p bad/one/app bad/two/app/way; ln -s /tmp bad/one/app/way; echo x >bad/two/app/way/evil; tar cf bad.tar -C bad/one ./app/way; tar rf bad.tar -C bad/two ./app/way/evil; gzip bad.tar", cancellationToken);
        var answer = await ShellAsync($"""curl -sS -T bad.tar.gz -w '%'{"{http_code}"} '{UrlOf(announced)}'""", cancellationToken);
        Assert.That(answer, Does.StartWith("SLUG3111: source cannot be unpacked, entry 'way' stands for a directory").And.EndsWith("\n422"));
        Assert.That(await ShellAsync($"curl -fsS -T slug.tgz '{UrlOf(announced)}'", cancellationToken), Does.Contain("is taken"));
    }

    // Lowest first, by the digests of their tars.
    private static async Task<IReadOnlyList<string?>> LayersAsync(Installation installation, string name, CancellationToken cancellationToken)
    {
        var record = JsonDocument.Parse((await installation.SlugAsync(cancellationToken, "droplets", "show", name, "--json")).Output).RootElement;
        return [.. record.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("diffId").GetString())];
    }

    private async Task<string> ShellAsync(string script, CancellationToken cancellationToken)
    {
        await using var shell = RunningProgram.Start("bash", ["-c", script], folder.FullName);
        var result = await shell.EndAsync(cancellationToken);
        Assert.That(result.ExitCode, Is.Zero, $"{script}\n{result.Output}");
        return result.Output.TrimEnd('\n');
    }

    private static Guid IdOf(JsonElement resource) => resource.GetProperty("id").GetGuid();

    private static string UrlOf(JsonElement slug) => slug.GetProperty("blob").GetProperty("url").GetString()!;
}
