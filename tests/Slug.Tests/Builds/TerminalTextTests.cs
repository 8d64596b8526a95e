using Slug.Builds;

namespace Slug.Tests.Builds;

public class TerminalTextTests
{
    [TestCase("-----> Compiling")]
    [TestCase("tab\tand äöü 漢字 🎉")]
    [TestCase("")]
    public void Plain_text_stays_as_it_is(string line) => Assert.That(TerminalText.Clean(line), Is.EqualTo(line));

    [TestCase("\e[31mred\e[0m")]
    [TestCase("\e[1;38;5;12mbold\e[m")]
    public void Colours_stay(string line) => Assert.That(TerminalText.Clean(line), Is.EqualTo(line));

    [TestCase("\e[2Jgone", ExpectedResult = "\\u001b[2Jgone")]
    [TestCase("\e]0;title\a", ExpectedResult = "\\u001b]0;title\\u0007")]
    [TestCase("\e[31", ExpectedResult = "\\u001b[31")]
    [TestCase("a\bb", ExpectedResult = "a\\u0008b")]
    [TestCase("a\u009bb", ExpectedResult = "a\\u009bb")]
    [TestCase("a\u202eb", ExpectedResult = "a\\u202eb")]
    [TestCase("a\0b", ExpectedResult = "a\\u0000b")]
    public string What_steers_a_terminal_is_shown_as_text(string line) => TerminalText.Clean(line);

    [TestCase("10%\r50%\r100%", ExpectedResult = "100%")]
    [TestCase("line\r", ExpectedResult = "line")]
    public string A_line_drawn_over_shows_what_was_drawn_last(string line) => TerminalText.Clean(line);
}
