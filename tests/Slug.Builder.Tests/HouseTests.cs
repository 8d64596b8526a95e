using System.Reflection;
using System.Text.RegularExpressions;
using Slug.Content;

namespace Slug.Builder.Tests;

public partial class HouseTests
{
    /// <summary>The builder's digest is part of every droplet's record: two machines that compile it must get the same bytes.</summary>
    [TestCase(typeof(Digest))]
    [TestCase(typeof(BuilderPaths))]
    public void No_type_is_named_after_the_folder_it_was_compiled_in(Type one) =>
        Assert.That(one.Assembly.GetTypes().Select(type => type.Name).Where(name => NamesAPath().IsMatch(name)), Is.Empty);

    [Test]
    public void Such_names_are_recognised() =>
        Assert.That(Assembly.GetExecutingAssembly().GetTypes().Select(type => type.Name).Where(name => NamesAPath().IsMatch(name)), Is.Not.Empty);

    // What source generators make for themselves: <File>F, the sha256 of its path, __Type.
    [GeneratedRegex("^<.*>F[0-9A-F]{64}__")]
    private static partial Regex NamesAPath();
}
