using System.Diagnostics;
using Slug.Content.Sources;

namespace Slug.Content.Tests.Sources;

internal sealed class SlugIgnoreTests
{
    private static readonly string[] Tree =
    [
        "a", "b.log", "dir/a", "dir/b.log", "dir/sub/a", "dir/sub/c.txt", "docs/x/y/z.md", "docs/z.md", "foo/bar", "x/foo/bar",
        "build/out", "x/build", "#hash", "!bang", "with space", "trailing ", "[odd]", "a1", "a2", "ab", "a-b", "a]b", "b/d", "b/c/d",
        "b/c/e/d", "back\\slash", "*star", "q?", ".hidden/a", "UPPER", "x/y.z/w", "x/.hidden",
    ];

    private readonly TemporaryDirectory folder = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [TestCase("a")]
    [TestCase("/a")]
    [TestCase("*.log")]
    [TestCase("/*.log")]
    [TestCase("dir/")]
    [TestCase("dir/a")]
    [TestCase("dir/*")]
    [TestCase("sub/")]
    [TestCase("sub/a")]
    [TestCase("build/")]
    [TestCase("build")]
    [TestCase("docs/**")]
    [TestCase("docs/**/*.md")]
    [TestCase("**/foo")]
    [TestCase("**/foo/bar")]
    [TestCase("foo/**/bar")]
    [TestCase("b/**/d")]
    [TestCase("/**/d")]
    [TestCase("**")]
    [TestCase("a**")]
    [TestCase("b/**d")]
    [TestCase("*/")]
    [TestCase("*/a")]
    [TestCase("?")]
    [TestCase("a?")]
    [TestCase("a[0-9]")]
    [TestCase("a[!0-9]")]
    [TestCase("a[^0-9]")]
    [TestCase("a[]-]b")]
    [TestCase("a[b-]b")]
    [TestCase("a[[:digit:]]")]
    [TestCase("a[[:nonsense:]]")]
    [TestCase("a[1")]
    [TestCase("[[]odd]")]
    [TestCase("\\[odd\\]")]
    [TestCase("[[:upper:]]*")]
    [TestCase("# comment")]
    [TestCase("\\#hash")]
    [TestCase("\\!bang")]
    [TestCase("with space")]
    [TestCase("a   ")]
    [TestCase("trailing\\ ")]
    [TestCase("trailing\\   ")]
    [TestCase(" a")]
    [TestCase("back\\\\slash")]
    [TestCase("\\*star")]
    [TestCase("q\\?")]
    [TestCase("a\\")]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("//")]
    [TestCase(".hidden")]
    [TestCase("*y.z")]
    [TestCase("x/*/w")]
    [TestCase("x/*")]
    [TestCase("./a")]
    [TestCase("upper")]
    [TestCase("b.log\r")]
    [TestCase("*a*a*a*b")]
    public void A_pattern_leaves_out_what_git_would_ignore(string pattern)
    {
        var expected = IgnoredByGit(pattern);

        Lay();
        SlugIgnore.Parse([pattern]).Prune(At("tree"));

        Assert.That(Tree.Where(file => !File.Exists(At("tree/" + file))), Is.EquivalentTo(expected));
    }

    // To git a letter outside ASCII is two and more.
    [TestCase("?")]
    [TestCase("é")]
    [TestCase("[é]")]
    public void A_letter_outside_ASCII_is_one(string pattern)
    {
        Write("tree/é", "");

        Assert.That(SlugIgnore.Parse([pattern]).Prune(At("tree")), Is.EqualTo(1));
    }

    [Test]
    public void A_negated_line_is_told_by_its_number_and_has_no_effect()
    {
        var ignore = SlugIgnore.Parse(["*.log", "", "!b.log"]);
        Lay();
        ignore.Prune(At("tree"));

        Assert.That(ignore.Negations, Is.EqualTo((int[])[3]));
        Assert.That(At("tree/b.log"), Does.Not.Exist);
    }

    [Test]
    public void A_link_to_a_folder_is_no_folder_and_is_never_followed()
    {
        Lay();
        Directory.CreateSymbolicLink(At("tree/link"), At("tree/dir"));

        SlugIgnore.Parse(["link/"]).Prune(At("tree"));
        Assert.That(Directory.Exists(At("tree/link")));

        SlugIgnore.Parse(["link"]).Prune(At("tree"));
        Assert.That(Directory.Exists(At("tree/link")), Is.False);
        Assert.That(At("tree/dir/a"), Does.Exist);
    }

    [TestCase("file")]
    [TestCase("folder")]
    [TestCase("link")]
    public void Git_goes_in_whatever_shape_it_comes(string shape)
    {
        Lay();
        var git = At("tree/.git");
        if (shape == "file")
            Write("tree/.git", "gitdir: elsewhere");
        else if (shape == "folder")
            Write("tree/.git/config", "x");
        else
            File.CreateSymbolicLink(git, At("tree/dir"));

        SlugIgnore.DeleteGit(At("tree"));

        Assert.That(Path.Exists(git), Is.False);
        Assert.That(At("tree/dir/a"), Does.Exist);
    }

    private string At(string path) => folder[path];

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    private void Lay()
    {
        foreach (var file in Tree)
            Write("tree/" + file, "");
    }

    private List<string> IgnoredByGit(string pattern)
    {
        Write("tree/.gitignore", pattern + "\n");
        Lay();
        Git("", "init", "-q");
        var ignored = Git(string.Join('\0', Tree), "check-ignore", "--no-index", "-z", "--stdin").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Directory.Delete(At("tree/.git"), recursive: true);
        return [.. ignored];
    }

    private string Git(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", At("tree"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        return git.StandardOutput.ReadToEnd();
    }
}
