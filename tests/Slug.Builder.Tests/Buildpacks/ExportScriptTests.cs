using Slug.Builder.Buildpacks;

namespace Slug.Builder.Tests.Buildpacks;

internal sealed class ExportScriptTests
{
    private static readonly Dictionary<string, string> Before = new() { ["PATH"] = "/bin", ["PWD"] = "/kept" };

    [Test]
    public void A_value_may_hold_line_breaks_and_equal_signs() =>
        Assert.That(ExportScript.Parse("A=1\n2\0B=c=d\0", Before), Is.EqualTo(new Dictionary<string, string> { ["A"] = "1\n2", ["B"] = "c=d" }));

    [Test]
    public void What_bash_sets_by_itself_is_left_out() =>
        Assert.That(ExportScript.Parse("_=/usr/bin/env\0SHLVL=0\0OLDPWD=/x\0PWD=/kept\0", Before).Keys, Is.EqualTo((string[])["PWD"]));
}
