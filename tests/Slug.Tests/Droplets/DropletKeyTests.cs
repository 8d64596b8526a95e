using Slug.Apps;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Pushes;

namespace Slug.Tests.Droplets;

internal sealed class DropletKeyTests
{
    private static readonly Digest one = Digest.Of("one"u8);
    private static readonly Digest other = Digest.Of("other"u8);

    [Test]
    public void The_same_inputs_have_one_key() =>
        Assert.That(Enumerable.Range(0, 2).Select(_ => KeyOf(true, ("a", one), ("b", other))).Distinct().Count(), Is.EqualTo(1));

    [Test]
    public void Chosen_buildpacks_are_not_the_same_as_tried_ones() => Assert.That(KeyOf(true, ("a", one)), Is.Not.EqualTo(KeyOf(false, ("a", one))));

    [Test]
    public void Their_order_counts() => Assert.That(KeyOf(true, ("a", one), ("b", other)), Is.Not.EqualTo(KeyOf(true, ("b", other), ("a", one))));

    [Test]
    public void What_is_in_them_counts() => Assert.That(KeyOf(true, ("a", one)), Is.Not.EqualTo(KeyOf(true, ("a", other))));

    [Test]
    public void Their_number_counts() => Assert.That(KeyOf(true, ("a", one)), Is.Not.EqualTo(KeyOf(true, ("a", one), ("a", one))));

    [Test]
    public void A_folder_of_the_app_counts_by_its_name() => Assert.That(KeyOf(true, ("./a", null)), Is.Not.EqualTo(KeyOf(true, ("./b", null))));

    private static Digest KeyOf(bool chosen, params (string Name, Digest? Digest)[] buildpacks) => DropletKey.Of(new()
    {
        Id = Guid.Empty,
        App = new() { Id = Guid.Empty, Name = AppName.Parse("hello"), CreatedAt = default },
        Branch = "main",
        Source = new()
        {
            Commit = ObjectId.Zero,
            Tree = ObjectId.Zero,
            Tally = null!,
            Repository = new("/"),
            Quarantine = null,
        },
        Stack = new() { Name = "s", RunImage = one, BuildImage = one, StandsInFor = "s", RunSize = 0, BuildSize = 0 },
        Buildpacks = [.. buildpacks.Select(buildpack => new BuildpackReference(buildpack.Name, buildpack.Digest))],
        BuildpacksChosen = chosen,
        ConfigVars = new Dictionary<string, string>(),
        Builder = one,
    });
}
