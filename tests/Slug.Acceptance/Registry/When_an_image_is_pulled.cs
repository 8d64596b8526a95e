using System.Text.Json.Nodes;

namespace Slug.Acceptance.Registry;

[Parallelizable]
public class When_an_image_is_pulled
{
    private const string App = "pulled";

    private GitFolder folder = null!;
    private ImageTools tools = null!;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["compile.sh"] = "echo made >mark; ln -s mark link; chmod 600 secret",
                ["secret"] = "s",
                ["Procfile"] = "web: trap \"exit 7\" TERM; sleep infinity & wait\nworker: echo \"worker of $HOME, $PORT\"\n",
            }, patience.Token);
        Assert.That((await folder.PushAsync(Slugs.Scripted, App, patience.Token)).Output, Does.Contain("Released v1"));
        tools = await ImageTools.LogInAsync(Slugs.Scripted, patience.Token);
        await tools.PullAsync(Image("v1"), patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await tools.DisposeAsync();
        folder.Dispose();
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_run_a_worker_or_any_command_as_the_app_s_user(CancellationToken cancellationToken)
    {
        Assert.That(await DockerRunAsync(cancellationToken, "worker"), Is.EqualTo("worker of /app, 8080"));
        Assert.That(await DockerRunAsync(cancellationToken, "bash", "-c", "id --user; pwd; cat link secret"), Is.EqualTo("1000\n/app\nmade\ns"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_end_when_it_is_told_to(CancellationToken cancellationToken)
    {
        var container = await tools.RunAsync(cancellationToken, "docker", "run", "--detach", Image("v1"));
        await Eventually.TrueAsync(
            async () => (await tools.RunAsync(cancellationToken, "docker", "top", container)).Contains("sleep", StringComparison.Ordinal), cancellationToken);
        await tools.RunAsync(cancellationToken, "docker", "stop", "--time", "30", container);
        Assert.That(await tools.RunAsync(cancellationToken, "docker", "inspect", "--format", "{{.State.ExitCode}}", container), Is.EqualTo("7"));
        await tools.RunAsync(cancellationToken, "docker", "rm", container);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_say_what_went_in_and_where_it_comes_from(CancellationToken cancellationToken)
    {
        var config = JsonNode.Parse(await tools.RunAsync(cancellationToken, "docker", "inspect", "--format", "{{json .Config}}", Image("v1")))!;
        Assert.That(config["Labels"]!["slug.process.worker"]!.GetValue<string>(), Does.StartWith("echo"));
        Assert.That(config["StopSignal"]!.GetValue<string>(), Is.EqualTo("SIGTERM"));
        var manifest = JsonNode.Parse(await tools.RunAsync(cancellationToken, "skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{Image("latest")}"))!;
        var commit = (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
        Assert.That(manifest["annotations"]!["org.opencontainers.image.revision"]!.GetValue<string>(), Is.EqualTo(commit));
        Assert.That(manifest["annotations"]!["slug.build"]!.GetValue<string>(), Has.Length.EqualTo(36));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_found_by_its_tags_and_refused_by_others(CancellationToken cancellationToken)
    {
        var tags = JsonNode.Parse(await tools.RunAsync(cancellationToken, "skopeo", "list-tags", "--tls-verify=false", $"docker://{tools.Registry}/{App}"))!["Tags"]!;
        Assert.That(tags.AsArray().Select(tag => tag!.GetValue<string>()), Is.EqualTo((string[])["latest", "latest-zstd", "v1", "v1-zstd"]));
        Assert.That((await tools.TryAsync(cancellationToken, "docker", "pull", Image("v9"))).Output, Does.Contain("SLUG4102"));
        Assert.That((await tools.TryAsync(cancellationToken, "docker", "push", Image("v1"))).Output, Does.Contain("SLUG4105"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_given_to_nobody_without_a_token(CancellationToken cancellationToken)
    {
        await using var stranger = RunningProgram.Start(
            "docker", ["pull", Image("latest")], environment: new Dictionary<string, string> { ["DOCKER_CONFIG"] = Path.Combine(tools.Folder, "none") });
        Assert.That((await stranger.EndAsync(cancellationToken)).Output, Does.Contain("SLUG4100"));
        await using var wrong = RunningProgram.Start("docker", ["login", "--username", "slug", "--password-stdin", tools.Registry], input: "slg_wrong");
        Assert.That((await wrong.EndAsync(cancellationToken)).ExitCode, Is.Not.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_unpack_into_a_bundle(CancellationToken cancellationToken)
    {
        var (layout, bundle) = (Path.Combine(tools.Folder, "oci"), Path.Combine(tools.Folder, "bundle"));
        await tools.RunAsync(cancellationToken, "skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{Image("v1")}", $"oci:{layout}:v1");
        await tools.RunAsync(cancellationToken, "umoci", "unpack", "--image", $"{layout}:v1", bundle);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(bundle, "rootfs", "app", "mark"), cancellationToken), Is.EqualTo("made\n"));
        Assert.That(Path.Combine(bundle, "rootfs", "usr", "bin", "bash"), Does.Exist);
    }

    private string Image(string tag) => $"{tools.Registry}/{App}:{tag}";

    private Task<string> DockerRunAsync(CancellationToken cancellationToken, params string[] command) =>
        tools.RunAsync(cancellationToken, ["docker", "run", "--rm", "--network", "none", Image("v1"), .. command]);
}
