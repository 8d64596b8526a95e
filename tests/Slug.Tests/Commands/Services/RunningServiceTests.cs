using Slug.Commands.Services;
using Slug.Hosting;

namespace Slug.Tests.Commands.Services;

internal sealed class RunningServiceTests
{
    private readonly ScratchFolder folder = new();
    private DataDirectory data = null!;

    [OneTimeSetUp]
    public void MakeDirectory() => Directory.CreateDirectory(folder.In("run"));

    [SetUp]
    public void ForgetService()
    {
        data = new(folder.Path);
        File.Delete(data.ServiceFile);
        File.Delete(folder.In("lock"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_process_that_holds_the_lock_is_the_service()
    {
        using var held = data.Lock();
        Announce(Environment.ProcessId, "http://127.0.0.1:7070");
        Assert.That(RunningService.Find(data), Has.Property("Pid").EqualTo(Environment.ProcessId).And.Property("Url").EqualTo(new Uri("http://127.0.0.1:7070/")));
    }

    [Test]
    public void It_is_found_through_a_link_to_the_directory()
    {
        using var held = data.Lock();
        Announce(Environment.ProcessId, "http://127.0.0.1:7070");
        using var elsewhere = new ScratchFolder();
        Directory.CreateSymbolicLink(elsewhere.In("link"), folder.Path);
        Assert.That(RunningService.Find(new(elsewhere.In("link"))), Is.Not.Null);
    }

    [Test]
    public void A_process_that_got_the_number_of_a_dead_service_is_none()
    {
        File.WriteAllText(folder.In("lock"), "");
        Announce(Environment.ProcessId, "http://127.0.0.1:7070");
        Assert.That(RunningService.Find(data), Is.Null);
    }

    [Test]
    public void A_service_that_died_is_none()
    {
        File.WriteAllText(folder.In("lock"), "");
        Announce(int.MaxValue, "http://127.0.0.1:7070");
        Assert.That(RunningService.Find(data), Is.Null);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    public void A_file_that_says_nothing_announces_nothing(string text)
    {
        File.WriteAllText(data.ServiceFile, text);
        Assert.That(RunningService.Find(data), Is.Null);
    }

    [TestCase("http://0.0.0.0:80", "http://127.0.0.1:80/")]
    [TestCase("http://[::]:7070", "http://[::1]:7070/")]
    [TestCase("http://10.0.0.1:7070", "http://10.0.0.1:7070/")]
    public void What_listens_everywhere_is_reached_on_the_loopback(string announced, string reached)
    {
        using var held = data.Lock();
        Announce(Environment.ProcessId, announced);
        Assert.That(RunningService.Find(data)?.Url, Is.EqualTo(new Uri(reached)));
    }

    private void Announce(int pid, string url) =>
        File.WriteAllText(data.ServiceFile, $$"""{"pid":{{pid}},"url":"{{url}}","startedAt":"2026-01-01T00:00:00Z"}""");
}
