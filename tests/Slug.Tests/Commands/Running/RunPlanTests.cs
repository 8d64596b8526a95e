using System.Runtime.InteropServices;
using Slug.Api;
using Slug.Commands;
using Slug.Commands.Running;
using Slug.Content;

namespace Slug.Tests.Commands.Running;

internal sealed class RunPlanTests
{
    [Test]
    public void Nothing_named_is_the_web_process() =>
        Assert.That(RunPlan.Of(Launch("web", "worker"), [], null), Has.Property("Words").EqualTo((string[])["web"]).And.Property("Listens").True);

    [Test]
    public void A_command_keeps_its_arguments_and_publishes_no_port() =>
        Assert.That(RunPlan.Of(Launch("web"), ["ls", "-la"], null), Has.Property("Words").EqualTo((string[])["ls", "-la"]).And.Property("Listens").False);

    [Test]
    public void A_port_is_published_when_it_is_asked_for() =>
        Assert.That(RunPlan.Of(Launch("web"), ["worker"], 8080), Has.Property("Listens").True.And.Property("Port").EqualTo(8080));

    [Test]
    public void An_app_without_web_needs_a_word() =>
        Assert.That(
            () => RunPlan.Of(Launch("worker", "clock"), [], null),
            Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG8040: the app 'hello' has no process type 'web'; name one of its own (clock, worker)"));

    [TestCase(PosixSignal.SIGINT, 1, "SIGINT")]
    [TestCase(PosixSignal.SIGTERM, 1, "SIGTERM")]
    [TestCase(PosixSignal.SIGHUP, 1, "SIGHUP")]
    [TestCase(PosixSignal.SIGTERM, 2, "SIGKILL")]
    [TestCase(PosixSignal.SIGINT, 3, "SIGKILL")]
    public void A_signal_is_passed_on_once_and_then_kills(PosixSignal signal, int count, string name) =>
        Assert.That(ContainerSignals.NameOf(signal, count), Is.EqualTo(name));

    [Test]
    public void A_terminals_size_is_rows_then_columns()
    {
        Assert.That(TerminalSize.Parse("24 80"), Is.EqualTo(new TerminalSize(80, 24)));
        Assert.That(TerminalSize.Parse("0 0"), Is.Null);
        Assert.That(TerminalSize.Parse(""), Is.Null);
    }

    private static LaunchView Launch(params string[] types) =>
        new("hello", 3, Digest.Of("droplet"u8), "sha256:image", types.ToDictionary(type => type, _ => "run"), new Dictionary<string, string>());
}
