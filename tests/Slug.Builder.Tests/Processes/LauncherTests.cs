using System.Text;
using Slug.Builder.Commands;
using Slug.Builder.Processes;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Processes;

[CancelAfter(60_000)]
internal sealed class LauncherTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [TestCase("", "from web")]
    [TestCase("web", "from web")]
    [TestCase("worker", "a: b $HOME")]
    [TestCase("echo|two words|x", "two words x")]
    [TestCase("web|x", "", 127)]
    [TestCase("pwd", "APP")]
    public async Task A_type_or_a_command_is_started(string arguments, string output, int exitCode = 0)
    {
        var launched = await LaunchAsync("web: echo from web\nworker: echo 'a: b $HOME'", arguments.Split('|', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(launched.ExitCode, Is.EqualTo(exitCode));
        Assert.That(launched.Output.Trim(), Is.EqualTo(output.Replace("APP", folder.Path, StringComparison.Ordinal)));
    }

    [Test]
    public async Task Profiles_are_sourced_in_byte_order_and_the_app_s_own_last()
    {
        folder.Write(".profile.d/b.sh", "export ORDER=$ORDER-b");
        folder.Write(".profile.d/B.sh", "export ORDER=$ORDER-B");
        folder.Write(".profile.d/a.sh", "set -- changed; slug=; export ORDER=$ORDER-a");
        folder.Write(".profile.d/c.txt", "export ORDER=$ORDER-never");
        folder.Write(".profile", "export ORDER=$ORDER-own");

        Assert.That((await LaunchAsync("web: echo $ORDER")).Output, Is.EqualTo("-B-a-b-own\n"));
    }

    [TestCase("web", "echo $DYNO $PWD $HOME ${PORT-unset}", "web.1 APP APP unset")]
    [TestCase("worker", "echo $DYNO", "worker.1")]
    public async Task A_process_knows_where_it_is(string type, string command, string output) =>
        Assert.That(
            (await LaunchAsync($"{type}: {command}", type)).Output.Trim(),
            Is.EqualTo(output.Replace("APP", folder.Path, StringComparison.Ordinal)));

    [Test]
    public async Task A_command_has_its_words_as_they_were_whatever_a_profile_does()
    {
        folder.Write(".profile.d/a.sh", "set -- changed");

        Assert.That((await LaunchAsync("", "printf", "%s,", "a b", "", "*")).Output, Is.EqualTo("a b,,*,"));
    }

    [Test]
    public async Task Without_a_web_process_the_ones_there_are_are_named()
    {
        var launched = await LaunchAsync("clock: x\nworker: y");

        Assert.That(launched.ExitCode, Is.EqualTo(127));
        Assert.That(launched.Errors, Does.Contain("SLUG4191: this droplet has no process type 'web'; expected one of: clock worker;"));
    }

    [Test]
    public async Task The_exit_code_is_the_process_s_own() =>
        Assert.That((await LaunchAsync("web: exit 7")).ExitCode, Is.EqualTo(7));

    [Test]
    public void What_the_app_brought_in_its_place_is_overwritten()
    {
        folder.Write("elsewhere/keep", "x");
        Directory.CreateSymbolicLink(folder.At(".slug"), folder.At("elsewhere"));

        Launcher.Write(folder.Path, new ProcessTypes { ["web"] = "a" });

        Assert.That(Directory.GetFiles(folder.At("elsewhere")), Has.Exactly(1).Items);
        Assert.That(File.GetUnixFileMode(folder.At(".slug/launch")), Is.EqualTo((UnixFileMode)0b111_101_101));
        Assert.That(File.GetUnixFileMode(folder.At(".slug/processes")), Is.EqualTo((UnixFileMode)0b110_100_100));
    }

    private async Task<Launched> LaunchAsync(string procfile, params string[] arguments)
    {
        Procfile.Parse(procfile).Ends(out _, out var processes);
        Launcher.Write(folder.Path, processes!);
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var command = new Command
        {
            Program = folder.At(".slug/launch"),
            Arguments = arguments,
            Directory = "/",
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        };
        var exitCode = await new CommandRun(TimeProvider.System).RunAsync(
            command,
            (source, bytes, _) =>
            {
                (source == Content.Wire.LogSource.Out ? output : errors).Append(Encoding.UTF8.GetString(bytes.Span));
                return Task.CompletedTask;
            },
            TestContext.CurrentContext.CancellationToken);
        return new(exitCode, output.ToString(), errors.ToString());
    }

    private sealed record Launched(int ExitCode, string Output, string Errors);
}
