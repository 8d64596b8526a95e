using Slug.Buildpacks;

namespace Slug.Tests.Buildpacks;

internal sealed class TestEnvironmentTests
{
    private static readonly Dictionary<string, string> configVars = new() { ["MODE"] = "production", ["KEPT"] = "as it is" };

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"environments": null}""")]
    [TestCase("""{"environments": {"review": {"env": {"MODE": "review"}, "buildpacks": ["nodejs"]}}}""")]
    [TestCase("""{"env": {"MODE": "base"}, "buildpacks": ["nodejs"], "environments": {"test": {}}}""")]
    public void Without_one_a_test_has_what_the_app_has(string json)
    {
        var test = TestEnvironment.OfAppJson(json);
        Assert.That(test.Buildpacks, Is.Empty);
        Assert.That(test.Over(configVars), Is.EquivalentTo(configVars));
    }

    [Test]
    public void Its_variables_stand_in_place_of_config_vars_and_its_buildpacks_are_listed()
    {
        var test = TestEnvironment.OfAppJson(
            """{"environments": {"test": {"buildpacks": [{"url": "./own"}], "env": {"MODE": "test", "MORE": {"value": "too"}, "KEPT": {"required": true}, "SALT": {"generator": "secret"}}}}}""");
        var variables = test.Over(configVars);
        Assert.That(test.Buildpacks, Is.EqualTo((string[])["./own"]));
        Assert.That((variables["MODE"], variables["MORE"], variables["KEPT"]), Is.EqualTo(("test", "too", "as it is")));
        Assert.That(variables["SALT"], Does.Match("^[0-9a-f]{64}$"));
    }

    [TestCase("[]", "array")]
    [TestCase("""{"A-B": "x"}""", "A-B")]
    [TestCase("""{"PORTS": 1}""", "PORTS: number")]
    public void Variables_of_another_form_are_refused(string env, string found) =>
        Assert.That(
            () => TestEnvironment.OfAppJson("{\"environments\": {\"test\": {\"env\": " + env + "}}}"),
            Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2380").And.Message.Contains($"holds '{found}'"));
}
