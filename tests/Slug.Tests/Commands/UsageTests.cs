using Slug.Commands;

namespace Slug.Tests.Commands;

internal sealed class UsageTests
{
    private static readonly string[] commands =
    [
        "up", "down", "serve", "status", "token", "doctor", "remote", "apps", "apps create", "apps destroy", "config", "buildpacks", "ci", "builds", "builds cancel", "cache",
        "logs", "droplets", "droplets download", "releases", "run", "stacks", "stacks list", "stacks show", "stacks build", "test", "bench",
    ];

    [TestCaseSource(nameof(commands))]
    public async Task Each_command_explains_itself_with_examples(string command)
    {
        var help = await Invocation.OfAsync([.. command.Split(' '), "--help"]);
        Assert.That(help.ExitCode, Is.Zero);
        Assert.That(help.Output, Does.Contain("Usage:").And.Contain("Examples:").And.Contain($"slug {command}"));
    }

    [Test]
    public async Task Without_a_command_there_is_help()
    {
        var help = await Invocation.OfAsync();
        Assert.That(help.ExitCode, Is.Zero);
        Assert.That(help.Output, Does.Contain("Commands:"));
    }

    [TestCase("frobnicate")]
    [TestCase("apps create")]
    [TestCase("builds")]
    [TestCase("status --frobnicate")]
    [TestCase("config hello NOVALUE")]
    [TestCase("run hello --port x")]
    [TestCase("up --port 70000")]
    [TestCase("logs hello --from 0")]
    public async Task A_command_line_that_says_nothing_to_us_is_a_usage_error(string line)
    {
        var invocation = await Invocation.OfAsync(line.Split(' '));
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.UsageError));
        Assert.That(invocation.Error, Does.StartWith(" !     SLUG8010: ").And.Contain(" !     See: slug "));
        Assert.That(invocation.Output, Is.Empty);
    }

    [Test]
    public void Values_that_set_win_over_the_same_name_unset() =>
        Assert.That(
            ConfigCommand.ChangesOf(["A=1", "B=x=y", "C="], ["A", "D", "D"]),
            Is.EquivalentTo(new Dictionary<string, string?> { ["A"] = "1", ["B"] = "x=y", ["C"] = "", ["D"] = null }));
}
