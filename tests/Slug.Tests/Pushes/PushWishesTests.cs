using Slug.Pushes;

namespace Slug.Tests.Pushes;

internal sealed class PushWishesTests
{
    [Test]
    public void Buildpacks_are_wished_for_in_order() =>
        Assert.That(PushWishes.Read(["buildpack=nodejs", "buildpack=./own"]).Buildpacks, Is.EqualTo((string[])["nodejs", "./own"]));

    [Test]
    public void Nothing_wished_for_is_no_mistake() => Assert.That(PushWishes.MistakeIn([]), Is.Null);

    [Test]
    public void Another_wish_is_refused() => Assert.That(PushWishes.MistakeIn(["buildpack=nodejs", "speed=1"]), Does.StartWith("SLUG1301: 'speed=1'"));
}
