using System.Diagnostics;
using System.Reflection;
using Slug.Builder.Commands;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Builds;

/// <summary>The real executable, as far as it goes without the container's own folders.</summary>
[CancelAfter(60_000)]
internal sealed class When_the_program_itself_runs
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [Test]
    public async Task Should_say_which_variables_it_needs()
    {
        using var builder = Start();

        Assert.That(await builder.StandardError.ReadToEndAsync(), Does.StartWith("SLUG3105: builder knows no service"));
        Assert.That(await ExitCodeAsync(builder), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_end_quietly_with_75_when_the_service_is_gone()
    {
        using var builder = Start(("SLUG_SERVICE", folder.At("none")), ("SLUG_TOKEN", "x"));

        Assert.That(await builder.StandardError.ReadToEndAsync(), Is.Empty);
        Assert.That(await ExitCodeAsync(builder), Is.EqualTo(75));
    }

    [Test]
    public async Task Should_end_with_75_when_its_token_is_refused()
    {
        await using var service = new ServiceDouble(folder.At("s"));
        await service.StartAsync();
        using var builder = Start(("SLUG_SERVICE", service.Socket), ("SLUG_TOKEN", "wrong"));

        Assert.That(await ExitCodeAsync(builder), Is.EqualTo(75));
        Assert.That(service.Calls.Where(call => call.StartsWith("POST", StringComparison.Ordinal)), Is.EqualTo((string[])["POST next 401"]), "it asks once");
    }

    [Test]
    public async Task Should_end_with_143_when_it_is_terminated_while_it_waits()
    {
        await using var service = new ServiceDouble(folder.At("s")) { EmptyAnswers = int.MaxValue };
        await service.StartAsync();
        using var builder = Start(("SLUG_SERVICE", service.Socket), ("SLUG_TOKEN", ServiceDouble.Token));
        Assert.That(() => service.Calls, Is.Not.Empty.After(60_000, 10));

        _ = Native.Signal(builder.Id, Native.Terminate);

        Assert.That(await ExitCodeAsync(builder), Is.EqualTo(143));
    }

    // Its token stands in its environment, and a buildpack runs as the same user.
    [Test]
    public async Task Should_keep_its_environment_from_other_processes_of_its_user()
    {
        await using var service = new ServiceDouble(folder.At("s")) { EmptyAnswers = int.MaxValue };
        await service.StartAsync();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(service.Socket, (UnixFileMode)0b111_111_111);
        // It is killed in the end: what it would have removed goes with the test's folder.
        using var builder = Start([.. Unprivileged, Program], ("SLUG_SERVICE", service.Socket), ("SLUG_TOKEN", ServiceDouble.Token), ("TMPDIR", folder.Path));
        Assert.That(() => service.Calls, Is.Not.Empty.After(60_000, 10));

        using var reader = Start([.. Unprivileged, "/bin/cat", $"/proc/{builder.Id}/environ"]);

        Assert.That(await reader.StandardError.ReadToEndAsync(), Does.Contain("Permission denied"));
        builder.Kill();
        await builder.WaitForExitAsync(TestContext.CurrentContext.CancellationToken);
    }

    private static string Program { get; } = typeof(When_the_program_itself_runs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Builder").Value!;

    private static string[] Unprivileged =>
        Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

    private static Process Start(params (string Name, string Value)[] variables) => Start([Program], variables);

    private static Process Start(string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<int> ExitCodeAsync(Process builder)
    {
        await builder.WaitForExitAsync(TestContext.CurrentContext.CancellationToken);
        return builder.ExitCode;
    }
}
