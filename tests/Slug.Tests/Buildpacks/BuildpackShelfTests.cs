using Slug.Buildpacks;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Buildpacks;

[CancelAfter(60_000)]
public class BuildpackShelfTests
{
    [Test]
    public async Task A_tar_of_no_use_for_long_goes_but_no_built_in_one(CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        var data = new DataDirectory(folder.Path);
        data.Create();
        var shelf = new BuildpackShelf(data, TimeProvider.System);
        var (unused, used, builtIn) = (await PackAsync("unused"), await PackAsync("used"), await PackAsync("built-in"));
        foreach (var tar in Directory.EnumerateFiles(data.Buildpacks))
            File.SetLastWriteTimeUtc(tar, DateTime.UnixEpoch);
        Assert.That(shelf.Use(used.Digest!.Value), Is.True);

        var before = DateTimeOffset.UnixEpoch.AddDays(1);
        Assert.That(shelf.Trim([builtIn], before, rehearse: true).Count, Is.EqualTo(1));
        Assert.That(shelf.Use(builtIn.Digest!.Value), Is.True);
        Assert.That(shelf.Trim([builtIn], before, rehearse: false).Count, Is.EqualTo(1));
        Assert.That(shelf.Use(unused.Digest!.Value), Is.False, "whoever needs it fetches it again");
        Assert.That(Directory.EnumerateFiles(data.Buildpacks).Count(), Is.EqualTo(2));

        async Task<BuildpackReference> PackAsync(string name)
        {
            var source = Directory.CreateDirectory(Path.Combine(folder.Path, name));
            await File.WriteAllTextAsync(Path.Combine(source.FullName, "detect"), name, cancellationToken);
            return new(name, await shelf.PackAsync(source.FullName, cancellationToken));
        }
    }
}
