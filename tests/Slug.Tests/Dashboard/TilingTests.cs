using System.Formats.Tar;
using Slug.Dashboard.Contents;
using Slug.Droplets.Listings;

namespace Slug.Tests.Dashboard;

public sealed class TilingTests
{
    private static readonly Tile area = new(0, 0, 1000, 400);

    [TestCase(new double[] { 1 })]
    [TestCase(new double[] { 6, 6, 4, 3, 2, 2, 1 })]
    [TestCase(new double[] { 1_000_000_000, 1, 1, 1 })]
    [TestCase(new double[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 })]
    public void Tiles_have_the_areas_of_their_weights_and_fill_the_whole_without_overlap(double[] weights)
    {
        var tiles = Tiling.Of(weights, area);
        Assert.That(tiles, Has.Count.EqualTo(weights.Length));
        foreach (var (weight, tile) in weights.Zip(tiles))
        {
            Assert.That(tile.Width * tile.Height, Is.EqualTo(400_000 * weight / weights.Sum()).Within(0.01));
            Assert.That(tile.X, Is.GreaterThanOrEqualTo(-0.01).And.LessThanOrEqualTo(1000.01 - tile.Width));
            Assert.That(tile.Y, Is.GreaterThanOrEqualTo(-0.01).And.LessThanOrEqualTo(400.01 - tile.Height));
        }

        foreach (var (one, other) in tiles.SelectMany((tile, index) => tiles.Skip(index + 1).Select(after => (tile, after))))
            Assert.That(Overlap(one.X, one.Width, other.X, other.Width) * Overlap(one.Y, one.Height, other.Y, other.Height), Is.LessThan(0.01));
    }

    [Test]
    public void Nothing_has_no_tiles() => Assert.That(Tiling.Of([], area), Is.Empty);

    [Test]
    public void A_folder_weighs_what_is_below_it()
    {
        ListedFile[] files = [File("app/a", 1), File("app/lib/b", 20), File("app/lib/deep/c", 300), File("app/lib/deep/d", 10), File("app/lib2", 5), File("other", 7)];
        Assert.Multiple(() =>
        {
            Assert.That(Weight.In(files, "app").Select(Told), Is.EqualTo((string[])["lib/ 330 in 3: 310, 20", "lib2 5 in 1: ", "a 1 in 1: "]));
            Assert.That(Weight.In(files, "").Select(Told), Is.EqualTo((string[])["app/ 336 in 5: 330, 5, 1", "other 7 in 1: "]));
            Assert.That(Weight.In(files, "nowhere"), Is.Empty);
        });
    }

    private static string Told(Weight weight) => $"{weight.Name}{(weight.IsFolder ? "/" : "")} {weight.Size} in {weight.Files}: {string.Join(", ", weight.Inner)}";

    private static ListedFile File(string path, long size) => new() { Path = path, Kind = TarEntryType.RegularFile, Mode = 0, Size = size, Target = "" };

    private static double Overlap(double at, double length, double otherAt, double otherLength) =>
        Math.Max(0, Math.Min(at + length, otherAt + otherLength) - Math.Max(at, otherAt));
}
