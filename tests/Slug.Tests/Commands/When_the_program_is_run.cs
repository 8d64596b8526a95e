using System.Text.Json;
using Slug.Commands;
using Slug.Hosting;

namespace Slug.Tests.Commands;

[CancelAfter(120_000)]
internal sealed class When_the_program_is_run
{
    [Test]
    public async Task Should_show_help(CancellationToken cancellationToken)
    {
        var result = await ThisProgram.RunAsync(cancellationToken, "--help");
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("slug [command]"));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public async Task Should_end_with_2_at_a_command_that_is_none(CancellationToken cancellationToken) =>
        Assert.That((await ThisProgram.RunAsync(cancellationToken, "frobnicate")).ExitCode, Is.EqualTo(ExitCode.UsageError));

    [Test]
    public async Task Should_end_with_70_without_a_service(CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        var result = await ThisProgram.RunAsync(cancellationToken, "apps", "--data", folder.Path);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(result.Error, Does.StartWith(" !     SLUG8001: "));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public async Task Should_examine_the_machine_for_programs_too(CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        var result = await ThisProgram.RunAsync(cancellationToken, "doctor", "--json", "--data", folder.In("not-there"));
        using var findings = JsonDocument.Parse(result.Output);
        Assert.That(findings.RootElement.EnumerateArray().Select(finding => finding.GetProperty("name").GetString()), Is.SupersetOf(["git", "SQLite", "kernel", "disk"]));
        Assert.That(folder.In("not-there"), Does.Not.Exist);
    }

    [Test]
    public async Task Should_refuse_a_port_that_is_taken_before_anything_else_is_done(CancellationToken cancellationToken)
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new ScratchFolder();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var start = new Slug.Commands.Services.ServiceStart(new DataDirectory(folder.Path), TimeProvider.System);
        await Assert.ThatAsync(() => start.RunAsync(port, cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith($"SLUG8024: port '{port}' is not free"));
    }
}
