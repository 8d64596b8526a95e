using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_an_app_brings_its_buildpack
{
    private readonly BuildScene scene = new() { Chosen = true };

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_compile_with_the_folder_of_its_source()
    {
        scene.Source(("packs/own/bin/detect", "#!/bin/bash\necho Own\n"), ("packs/own/bin/compile", "#!/bin/bash\npwd > $1/where\n")).Folder("./packs/own");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.App("where"), Does.StartWith(scene.Paths.Buildpacks));
        Assert.That(((BuildOutcome.Succeeded)scene.Result!).Buildpacks.Single(), Has.Property("Name").EqualTo("./packs/own"));
    }

    [Test]
    public async Task Should_not_see_in_the_app_what_the_buildpack_does_to_itself()
    {
        scene.Source(("own/bin/detect", "#!/bin/bash\necho Own\n"), ("own/bin/compile", "#!/bin/bash\nrm bin/detect; echo x > state; echo 'export A=1' > export\n")).Folder("./own");

        await scene.RunAsync();

        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(scene.Paths.App, "own")).Select(Path.GetFileName), Is.EqualTo((string[])["bin"]));
        Assert.That(scene.App("own/bin/detect"), Does.Contain("Own"));
    }

    [Test]
    public async Task Should_leave_it_out_of_the_slug_where_slugignore_says_so()
    {
        scene.Source((".slugignore", "/own\n"), ("own/bin/detect", "#!/bin/bash\necho Own\n"), ("own/bin/compile", "#!/bin/bash\nls $1 > $1/seen\n")).Folder("./own");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.App("seen"), Does.Not.Contain("own"));
    }

    [Test]
    public async Task Should_take_the_whole_app_for_one()
    {
        scene.Source(("bin/detect", "#!/bin/bash\necho Whole\n"), ("bin/compile", "#!/bin/bash\necho compiled > $1/done\n")).Folder(".");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.App("done"), Is.EqualTo("compiled\n"));
    }

    [Test]
    public async Task Should_tell_the_digest_of_what_it_was()
    {
        scene.Source(("a/bin/detect", "#!/bin/bash\necho A\n"), ("a/bin/compile", "#!/bin/bash\n"), ("b/bin/detect", "#!/bin/bash\necho A\n"), ("b/bin/compile", "#!/bin/bash\n"))
            .Folder("./a").Folder("./b");

        await scene.RunAsync();

        var buildpacks = ((BuildOutcome.Succeeded)scene.Result!).Buildpacks;
        Assert.That(buildpacks.Select(buildpack => buildpack.Digest).Distinct().Count(), Is.EqualTo(1));
    }
}
