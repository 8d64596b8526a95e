using Slug.Builder.Buildpacks;
using YamlDotNet.Core;

namespace Slug.Builder.Tests.Buildpacks;

internal sealed class ReleaseYamlTests
{
    [TestCase("")]
    [TestCase("\n")]
    [TestCase("---")]
    [TestCase("---\n")]
    [TestCase("--- {}")]
    [TestCase("--- {}\n")]
    [TestCase("---\naddons: []\n")]
    [TestCase("addons:\n- heroku-postgresql\n")]
    [TestCase("default_process_types: {}")]
    [TestCase("default_process_types:\n")]
    [TestCase("# nothing\n")]
    [TestCase("~")]
    public void Nothing_is_an_answer(string yaml)
    {
        var release = ReleaseYaml.Parse(yaml);

        Assert.That(release.Processes, Is.Empty);
        Assert.That(release.ConfigVars, Is.Empty);
    }

    [TestCase("---\ndefault_process_types:\n  web: npm start\n", "npm start")]
    [TestCase("default_process_types:\n  web: npm start", "npm start")]
    [TestCase("--- {\"default_process_types\": {\"web\": \"npm start\"}}", "npm start")]
    [TestCase("---\ndefault_process_types:\n  web: \"sh -c '{ exec x --port=$PORT; }'\"\n", "sh -c '{ exec x --port=$PORT; }'")]
    [TestCase("default_process_types:\n  web: 'it''s {\"a\": $PORT}'\n", "it's {\"a\": $PORT}")]
    [TestCase("default_process_types:\n  web: java $JAVA_OPTS -jar target/*.jar --server.port=$PORT\n", "java $JAVA_OPTS -jar target/*.jar --server.port=$PORT")]
    [TestCase("default_process_types:\n  web: >\n    npm\n    start\n", "npm start")]
    [TestCase("default_process_types:\n  web: |\n    npm start\n", "npm start")]
    [TestCase("default_process_types:\n    web:   bundle exec rackup   # here\n", "bundle exec rackup")]
    public void A_command_is_read_as_it_was_meant(string yaml, string command)
    {
        Assert.That(ReleaseYaml.Parse(yaml).Processes, Is.EqualTo(new Dictionary<string, string> { ["web"] = command }));
    }

    [Test]
    public void Config_vars_are_text_whatever_they_look_like() =>
        Assert.That(
            ReleaseYaml.Parse("config_vars:\n  A: 1\n  B: true\n  C: ''\n").ConfigVars,
            Is.EqualTo(new Dictionary<string, string> { ["A"] = "1", ["B"] = "true", ["C"] = "" }));

    [TestCase("just words")]
    [TestCase("- a\n- b\n")]
    [TestCase("default_process_types: [web]")]
    [TestCase("default_process_types:\n  web: [a, b]\n")]
    [TestCase("default_process_types:\n  my app: a\n")]
    [TestCase("default_process_types:\n  web:\n")]
    [TestCase("default_process_types:\n  web: |\n    a\n    b\n")]
    [TestCase("default_process_types:\n  web: a\n  web: b\n")]
    [TestCase("default_process_types:\n  web: \"a\n")]
    [TestCase("default_process_types: {web: a")]
    [TestCase("a: &x [*x]\n*y : z")]
    public void Anything_else_is_refused(string yaml) =>
        Assert.That(() => ReleaseYaml.Parse(yaml), Throws.InstanceOf<YamlException>());
}
