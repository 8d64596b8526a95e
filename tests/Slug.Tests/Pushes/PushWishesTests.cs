using Slug.Apps;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

internal sealed class PushWishesTests
{
    [Test]
    public void Buildpacks_are_wished_for_in_order() =>
        Assert.That(PushWishes.Read(["buildpack=nodejs", "buildpack=./own"]).Buildpacks, Is.EqualTo((string[])["nodejs", "./own"]));

    [Test]
    public void What_is_built_can_be_wished_for_again_and_the_cache_is_of_one_build_alone()
    {
        Assert.That(PushWishes.Read(["no-cache", "buildpack=nodejs", "dir=apps/web/", "buildpack=./own"]).Lasting, Is.EqualTo((string[])["dir=apps/web", "buildpack=nodejs", "buildpack=./own"]));
        Assert.That(PushWishes.Read((new PushWishes { Folder = default(SourceFolder) }).Lasting).Folder!.Value.IsWhole, Is.True);
        Assert.That(new PushWishes().Lasting, Is.Empty);
    }

    [Test]
    public void Nothing_wished_for_is_no_mistake() => Assert.That(PushWishes.MistakeIn([]), Is.Null);

    [Test]
    public void Another_wish_is_refused() => Assert.That(PushWishes.MistakeIn(["buildpack=nodejs", "speed=1"]), Does.StartWith("SLUG1301: 'speed=1'"));
}
