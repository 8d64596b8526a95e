using System.IO.Compression;
using Slug.Droplets.Differences;

namespace Slug.Tests.Droplets.Differences;

public class ArchiveComparisonTests
{
    private static readonly DateTimeOffset day = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Test]
    public void The_first_member_that_differs_is_named_and_the_others_counted() =>
        Assert.That(
            ArchiveComparison.Describe(Zip(day, ("a", "same"), ("b", "one"), ("c", "x"), ("gone", "")), Zip(day, ("a", "same"), ("b", "two"), ("c", "y"))),
            Is.EqualTo(" in its member 'b' and 2 more"));

    [Test]
    public void A_member_whose_time_alone_differs_is_said_to_be_that() =>
        Assert.That(
            ArchiveComparison.Describe(Zip(day, ("META-INF/MANIFEST.MF", "x")), Zip(day.AddDays(1), ("META-INF/MANIFEST.MF", "x"))),
            Is.EqualTo(" in the time of its member 'META-INF/MANIFEST.MF'"));

    [Test]
    public void What_is_no_zip_whatever_its_name_has_no_members() =>
        Assert.That(ArchiveComparison.Describe("not a zip"u8.ToArray(), Zip(day, ("a", "x"))), Is.Empty);

    [TestCase("./app/lib/x.jar", true)]
    [TestCase("./app/X.WHL", true)]
    [TestCase("./app/jar", false)]
    public void It_goes_by_the_name(string name, bool isArchive) => Assert.That(ArchiveComparison.IsArchive(name), Is.EqualTo(isArchive));

    private static byte[] Zip(DateTimeOffset time, params (string Name, string Content)[] members)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = time;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
