using Slug.Apps;

namespace Slug.Tests.Apps;

public class AppNameTests
{
    [TestCase("ab")]
    [TestCase("node-hello")]
    [TestCase("a23456789012345678901234567890")]
    public void A_good_name_is_taken_as_it_is(string text) =>
        Assert.That(AppName.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("")]
    [TestCase("a")]
    [TestCase("-ab")]
    [TestCase("ab-")]
    [TestCase("1ab")]
    [TestCase("Ab")]
    [TestCase("a_b")]
    [TestCase("a.b")]
    [TestCase("../ab")]
    [TestCase("ab\n")]
    [TestCase("äb")]
    [TestCase("a234567890123456789012345678901")]
    [TestCase(null)]
    public void A_name_that_breaks_the_rule_is_refused(string? text) =>
        Assert.That(AppName.TryParse(text, null, out _), Is.False);

    [TestCase("slug")]
    [TestCase("healthz")]
    [TestCase("v2")]
    public void A_name_that_is_a_path_of_the_service_is_refused(string text) =>
        Assert.That(AppName.TryParse(text, null, out _), Is.False);

    [Test]
    public void The_message_quotes_the_name_and_tells_the_rule() =>
        Assert.That(() => AppName.Parse("Ab!"), Throws.TypeOf<FormatException>().With.Message.Contains("'Ab!'").And.Message.Contains(AppName.Rule));

    [Test]
    public void A_default_name_names_nothing() =>
        Assert.That(() => default(AppName).ToString(), Throws.InvalidOperationException);
}
