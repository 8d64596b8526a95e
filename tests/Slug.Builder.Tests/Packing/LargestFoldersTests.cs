using Slug.Builder.Packing;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Packing;

internal sealed class LargestFoldersTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [Test]
    public void The_five_largest_are_named_down_to_two_levels()
    {
        for (var number = 1; number <= 7; number++)
            folder.Write($"f{number}/x", new string('x', number * 1024));
        folder.Write("f7/.deep/er/x", new string('x', 2048));

        Assert.That(LargestFolders.Describe(folder.Path), Is.EqualTo("f7 (9 KB), f6 (6 KB), f5 (5 KB), f4 (4 KB), f3 (3 KB)"));
    }

    [Test]
    public void A_link_counts_for_nothing()
    {
        folder.Write("a/x", new string('x', 1024));
        Directory.CreateSymbolicLink(folder.At("b"), folder.At("a"));

        Assert.That(LargestFolders.Describe(folder.Path), Is.EqualTo("a (1 KB)"));
    }

    [Test]
    public void An_app_without_folders_has_none() =>
        Assert.That(LargestFolders.Describe(folder.Path), Is.EqualTo("(none)"));
}
