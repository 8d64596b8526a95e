using Slug.Engines;

namespace Slug.Tests.Engines;

internal sealed class EngineAddressTests
{
    [TestCase("/a.sock", "unix:///b.sock", "/a.sock")]
    [TestCase(null, "unix:///b.sock", "/b.sock")]
    [TestCase("", "", "/var/run/docker.sock")]
    public void An_option_comes_before_DOCKER_HOST_and_that_before_the_usual_place(string? option, string? host, string path) =>
        Assert.That(EngineAddress.From(option, host).Path, Is.EqualTo(path));

    [TestCase("tcp://10.0.0.1:2375")]
    [TestCase("docker.sock")]
    public void Anything_but_a_socket_is_refused(string value) =>
        Assert.That(() => EngineAddress.From(null, value), Throws.InstanceOf<EngineException>()
            .With.Message.StartsWith($"SLUG7005: '{value}' is not a Unix socket"));

    [TestCase("1.41", "1.41")]
    [TestCase("1.44", "1.44")]
    [TestCase("1.99", "1.51")]
    [TestCase("2.0", "1.51")]
    [TestCase("1.40", null)]
    [TestCase("none", null)]
    [TestCase(null, null)]
    public void A_version_is_agreed_on_or_there_is_none(string? engine, string? agreed) =>
        Assert.That(ApiVersion.Negotiate(engine)?.ToString(), Is.EqualTo(agreed));

    [Test]
    public void The_machines_own_limit_of_open_files_is_read()
    {
        string[] lines = ["Limit                     Soft Limit           Hard Limit           Units", "Max open files            1024                 20000                files"];

        Assert.That(MachineLimits.OpenFilesOf(lines), Is.EqualTo(20000));
        Assert.That(MachineLimits.OpenFilesOf([]), Is.EqualTo(long.MaxValue));
        Assert.That(MachineLimits.OpenFilesOf(["Max open files unlimited unlimited files"]), Is.EqualTo(long.MaxValue));
    }
}
