using Slug.Dashboard.Markup;

namespace Slug.Tests.Dashboard;

public sealed class HtmlTests
{
    [TestCase("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [TestCase("\" onload=\"x", "&quot; onload=&quot;x")]
    [TestCase("' x='", "&#x27; x=&#x27;")]
    [TestCase("&amp;", "&amp;amp;")]
    [TestCase("Grüße \u202e", "Grüße \u202e")]
    public void What_comes_out_of_a_hole_is_text(string text, string written)
    {
        Html html = $"<p title=\"{text}\">{text}</p>";
        Assert.That($"{html}", Is.EqualTo($"<p title=\"{written}\">{written}</p>"));
    }

    [Test]
    public void Html_in_html_stands_as_it_is_and_strings_that_look_like_it_do_not()
    {
        Html cell = $"<td>{"<b>"}</td>";
        var looks = $"<td>{"b"}</td>";
        Html row = $"<tr>{cell}{(Html[])[cell, cell]}{looks}{5}{null as string}</tr>";
        Assert.That($"{row}", Is.EqualTo("<tr><td>&lt;b&gt;</td><td>&lt;b&gt;</td><td>&lt;b&gt;</td>&lt;td&gt;b&lt;/td&gt;5</tr>"));
    }

    [TestCase("plain <b>", "plain &lt;b&gt;")]
    [TestCase("\e[31mred\e[0m not", "<span class=\"c1\">red</span> not")]
    [TestCase("\e[1;32mboth\e[22m green\e[39m none", "<span class=\"bold c2\">both</span><span class=\"c2\"> green</span> none")]
    [TestCase("\e[91;44m<i>\e[m", "<span class=\"c9 g4\">&lt;i&gt;</span>")]
    [TestCase("\e[38;5;3mfew\e[38;5;200m many\e[38;2;1;31;3m true", "<span class=\"c3\">few</span> many true")]
    [TestCase("\e[4;0;3mx", "<span class=\"italic\">x</span>")]
    [TestCase("\e[31m", "")]
    public void Colours_become_classes(string line, string html) => Assert.That($"{AnsiText.Of(line)}", Is.EqualTo(html));
}
