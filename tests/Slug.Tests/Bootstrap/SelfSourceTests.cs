using Slug.Bootstrap;
using Slug.Commands;

namespace Slug.Tests.Bootstrap;

public class SelfSourceTests
{
    [Test]
    public void Config_vars_of_app_json_are_those_with_a_value() =>
        Assert.That(
            SelfSource.ReadVars("""{"env":{"PLAIN":"a","FULL":{"description":"d","value":"b"},"ASKED":{"description":"no value"}}}"""),
            Is.EqualTo(new Dictionary<string, string> { ["PLAIN"] = "a", ["FULL"] = "b" }));

    [Test]
    public void An_app_json_without_env_asks_for_nothing() => Assert.That(SelfSource.ReadVars("{}"), Is.Empty);

    [Test, CancelAfter(60_000)]
    public async Task Another_repository_is_refused(CancellationToken cancellationToken)
    {
        using var repository = await SlugRepository.CreateAsync(cancellationToken);
        var commit = await repository.CommitAsync(cancellationToken, "readme");
        Assert.That(
            async () => await SelfSource.ReadAsync(repository.Path, commit, cancellationToken),
            Throws.InstanceOf<CommandException>().With.Message.StartsWith("SLUG9801"));
    }
}
