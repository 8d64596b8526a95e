using Slug.Apps;

namespace Slug.Tests.Apps;

public class ConfigVarsTests
{
    [TestCase("A")]
    [TestCase("_private")]
    [TestCase("PIP_INDEX_URL2")]
    public void A_name_fit_for_a_shell_is_good(string name) => Assert.That(ConfigVars.IsName(name), Is.True);

    [TestCase("")]
    [TestCase("2A")]
    [TestCase("A-B")]
    [TestCase("A=B")]
    [TestCase("A B")]
    [TestCase("../A")]
    [TestCase("A\n")]
    public void A_name_that_no_shell_takes_is_refused(string name) => Assert.That(ConfigVars.IsName(name), Is.False);
}
