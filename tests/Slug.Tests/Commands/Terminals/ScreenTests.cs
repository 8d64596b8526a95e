using Slug.Commands.Terminals;

namespace Slug.Tests.Commands.Terminals;

internal sealed class ScreenTests
{
    [Test]
    public void A_table_in_a_pipe_is_neither_folded_nor_marked_up()
    {
        using var output = new StringWriter();
        var cell = string.Join(' ', Enumerable.Repeat("[red]word[/]", 30));
        new Screen(output, TextWriter.Null).Table(["A", "B"], [[cell, "x"]]);
        Assert.That(output.ToString().Split('\n')[1], Is.EqualTo($"{cell}   x"));
    }

    [Test]
    public void Each_line_of_a_failure_is_marked()
    {
        using var error = new StringWriter();
        new Screen(TextWriter.Null, error).Error("SLUG8003: one\ntwo");
        Assert.That(error.ToString(), Is.EqualTo(" !     SLUG8003: one\n !     two\n"));
    }
}
