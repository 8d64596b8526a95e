using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_no_service_runs
{
    private readonly ScratchFolder folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("status")]
    [TestCase("apps")]
    [TestCase("logs hello --follow")]
    [TestCase("run hello web")]
    public async Task Should_say_how_to_start_it(string line)
    {
        var invocation = await Invocation.OfAsync([.. line.Split(' '), "--data", folder.Path]);
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(invocation.Error, Is.EqualTo($" !     SLUG8001: no service runs on '{folder.Path}'; start it with: ./slug up (another directory: --data)\n"));
    }

    [Test]
    public async Task Should_have_no_token_to_show()
    {
        var invocation = await Invocation.OfAsync("token", "--data", folder.Path);
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.UserError));
        Assert.That(invocation.Error, Does.StartWith($" !     SLUG8002: there is no token in '{folder.Path}'"));
    }

    [Test]
    public async Task Should_find_nothing_to_stop()
    {
        var invocation = await Invocation.OfAsync("down", "--data", folder.Path);
        Assert.That(invocation.ExitCode, Is.Zero);
        Assert.That(invocation.Output, Does.Contain("none runs"));
    }

    [Test]
    public async Task Should_refuse_to_purge_a_folder_that_is_not_its_own()
    {
        var file = folder.In("somebody's");
        await File.WriteAllTextAsync(file, "else's");
        var invocation = await Invocation.OfAsync("down", "--purge", "--data", folder.Path);
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.UserError));
        Assert.That(invocation.Error, Does.StartWith($" !     SLUG8025: '{folder.Path}' is not a data directory"));
        Assert.That(file, Does.Exist);
    }
}
