namespace Slug.Acceptance.Registry;

[Parallelizable]
public class When_an_image_is_pushed_elsewhere
{
    private const string App = "pushed";

    private GitFolder folder = null!;
    private ImageTools tools = null!;
    private DebianRegistry registry = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        var noise = new byte[3_000_000];
        new Random(5).NextBytes(noise);
        folder = await GitFolder.OfAsync(
            new Dictionary<string, string> { ["compile.sh"] = "echo made >mark", ["noise"] = Convert.ToBase64String(noise), ["Procfile"] = "web: sleep infinity\n" }, patience.Token);
        Assert.That((await folder.PushAsync(Slugs.Scripted, App, patience.Token)).Output, Does.Contain("Released v1"));
        tools = await ImageTools.LogInAsync(Slugs.Scripted, patience.Token);
        registry = await DebianRegistry.StartAsync(patience.Token);
        await tools.LogInAsync(registry.Host, "ann", "secret", patience.Token);
        await AssertPushedAsync(Start($"{registry.Host}/team/app"), patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await registry.DisposeAsync();
        await tools.DisposeAsync();
        folder.Dispose();
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_as_it_was_where_a_push_ended_in_the_middle_and_whole_after_the_next(CancellationToken cancellationToken)
    {
        using (var door = new StallingDoor(registry.Host, bytes: 2_000_000))
        {
            await using var push = Start($"{door.Host}/team/killed:v1");
            await door.Stalled.WaitAsync(cancellationToken);
            push.Kill();
            await push.EndAsync(cancellationToken);
        }

        var image = $"{registry.Host}/team/killed:v1";
        Assert.That((await tools.TryAsync(cancellationToken, "skopeo", "inspect", "--tls-verify=false", $"docker://{image}")).ExitCode, Is.Not.Zero);

        await AssertPushedAsync(Start(image), cancellationToken);
        await tools.PullAsync(image, cancellationToken);
        Assert.That(await tools.RunAsync(cancellationToken, "docker", "run", "--rm", "--network", "none", image, "cat", "mark"), Is.EqualTo("made"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_send_nothing_twice_and_have_layers_mounted_from_another_repository(CancellationToken cancellationToken)
    {
        await using var again = Start($"{registry.Host}/team/app:again");
        Assert.That((await again.EndAsync(cancellationToken)).Output, Does.Contain("there already").And.Not.Contains(": sent").And.Contains("0 B of"));
        await using var mounted = Start($"{registry.Host}/team/other", "--mount-from", "team/app");
        Assert.That((await mounted.EndAsync(cancellationToken)).Output, Does.Contain("taken from another repository").And.Not.Contains(": sent").And.Contains("0 B of"));
        var digests = new List<string>();
        foreach (var image in (string[])[$"{tools.Registry}/{App}:v1", $"{registry.Host}/team/app:again", $"{registry.Host}/team/other:v1"])
            digests.Add(await tools.RunAsync(cancellationToken, "skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", $"docker://{image}"));
        Assert.That(digests.Distinct().Count(), Is.EqualTo(1), "one digest everywhere");
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_go_on_by_itself_where_the_registry_dies_in_the_middle_and_comes_back(CancellationToken cancellationToken)
    {
        using var door = new StallingDoor(registry.Host, bytes: 1_500_000);
        var push = Start($"{door.Host}/team/zstd:v1", "--zstd");
        await door.Stalled.WaitAsync(cancellationToken);
        await registry.KillAsync(cancellationToken);
        await registry.ServeAsync(cancellationToken);
        door.Open();
        await AssertPushedAsync(push, cancellationToken);
        await tools.RunAsync(
            cancellationToken, "skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{registry.Host}/team/zstd:v1", $"dir:{tools.Folder}/zstd");
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_say_why_it_did_not_go([Values] bool known, CancellationToken cancellationToken)
    {
        var refused = known
            ? await Slugs.Scripted.SlugAsync("wrong\n", cancellationToken, "droplets", "push", App, $"{registry.Host}/team/app", "--username", "ann", "--password-stdin")
            : await Slugs.Scripted.SlugAsync(cancellationToken, "droplets", "push", App, $"{registry.Host}/team/app");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Output, Does.Contain(known ? "SLUG4122" : "SLUG4121").And.Contains(registry.Host));
    }

    [TestCase("team/app", "SLUG4120")]
    [TestCase("127.0.0.1:1/team/app --release v9", "SLUG4112")]
    [TestCase("127.0.0.1:1/team/app --password-stdin", "SLUG4128")]
    [CancelAfter(60_000)]
    public async Task Should_be_refused_where_the_command_says_nothing_that_can_be(string words, string code, CancellationToken cancellationToken)
    {
        var refused = await Slugs.Scripted.SlugAsync(cancellationToken, ["droplets", "push", App, .. words.Split(' ')]);
        Assert.That(refused.ExitCode, Is.Not.Zero);
        Assert.That(refused.Output, Does.Contain(code));
    }

    private static RunningProgram Start(string target, params string[] more) => RunningProgram.Start(
        Installation.Program, ["droplets", "push", App, target, "--username", "ann", "--password-stdin", "--data", Slugs.Scripted.Data, .. more], input: "secret\n");

    private static async Task AssertPushedAsync(RunningProgram push, CancellationToken cancellationToken)
    {
        await using (push)
        {
            var ended = await push.EndAsync(cancellationToken);
            Assert.That(ended.ExitCode, Is.Zero, ended.Output);
            Assert.That(ended.Output, Does.Contain("-----> Pushing").And.Contains(": sent").And.Contains("@sha256:"));
        }
    }
}
