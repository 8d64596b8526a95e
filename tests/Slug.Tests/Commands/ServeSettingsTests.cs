using System.CommandLine;
using Slug.Commands;

namespace Slug.Tests.Commands;

internal sealed class ServeSettingsTests
{
    private static readonly Func<string, string?> nothing = _ => null;

    [Test]
    public void What_is_not_said_keeps_the_services_own_default() =>
        Assert.That(ServeSettings.Read(Parse("--data", "/srv/x"), nothing), Is.EquivalentTo(new Dictionary<string, string?> { ["Service:Data"] = "/srv/x" }));

    [Test]
    public void Options_become_configuration_in_its_own_forms()
    {
        var settings = ServeSettings.Read(
            Parse("--port", "8080", "--builds", "3", "--build-timeout", "2m", "--build-memory", "1G", "--build-network", "none"), nothing);
        Assert.That(settings, Does.Contain(new KeyValuePair<string, string?>("Service:Port", "8080")));
        Assert.That(settings, Does.Contain(new KeyValuePair<string, string?>("Builds:Concurrency", "3")));
        Assert.That(settings, Does.Contain(new KeyValuePair<string, string?>("Builds:Timeout", "00:02:00")));
        Assert.That(settings, Does.Contain(new KeyValuePair<string, string?>("Builds:Memory", "1073741824")));
        Assert.That(settings, Does.Contain(new KeyValuePair<string, string?>("Builds:Network", "none")));
    }

    [Test]
    public void A_variable_stands_in_for_an_option_that_is_not_given() =>
        Assert.That(ServeSettings.Read(Parse(), Variable("SLUG_BUILD_TIMEOUT", "90s"))["Builds:Timeout"], Is.EqualTo("00:01:30"));

    [Test]
    public void An_option_wins_over_its_variable() =>
        Assert.That(ServeSettings.Read(Parse("--port", "1"), Variable("SLUG_PORT", "2"))["Service:Port"], Is.EqualTo("1"));

    [Test]
    public void A_variable_that_cannot_be_is_named() =>
        Assert.That(
            () => ServeSettings.Read(Parse(), Variable("SLUG_BUILDS", "many")),
            Throws.TypeOf<CommandException>()
                .With.Message.EqualTo("SLUG8010: SLUG_BUILDS is 'many'; expected a whole number from 1")
                .And.Property("ExitCode").EqualTo(ExitCode.UsageError));

    [Test]
    public void Each_option_has_a_variable_and_a_key_of_its_own()
    {
        Assert.That(ServeSettings.All.Select(setting => setting.Variable), Is.Unique);
        Assert.That(ServeSettings.All.Select(setting => setting.Key), Is.Unique);
    }

    [TestCase("--port", "70000")]
    [TestCase("--listen", "localhost")]
    [TestCase("--builds", "0")]
    [TestCase("--build-timeout", "15")]
    [TestCase("--build-cpus", "0")]
    [TestCase("--build-network", "host")]
    [TestCase("--ca-bundle", "/no/such/file")]
    public async Task An_option_that_cannot_be_is_a_usage_error(string option, string value)
    {
        var invocation = await Invocation.OfAsync("serve", option, value);
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.UsageError));
        Assert.That(invocation.Error, Does.StartWith($" !     SLUG8010: {option} is '{value}'; expected "));
    }

    private static Func<string, string?> Variable(string name, string value) => asked => asked == name ? value : null;

    private static ParseResult Parse(params string[] args)
    {
        var root = new RootCommand { SharedOptions.Data };
        foreach (var setting in ServeSettings.All)
            root.Add(setting.Option);
        return root.Parse(args);
    }
}
