using Slug.Commands;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;

namespace Slug.Tests.Commands.Testing;

[CancelAfter(60_000)]
internal sealed class HerokuCliTests
{
    private readonly ScratchFolder folder = new();
    private readonly Steps steps = new(TextWriter.Null, TimeProvider.System);

    private HerokuCli Cli => new(folder.In("definition"), folder.In("cache/heroku"));

    [OneTimeTearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void Its_folder_is_outside_of_the_source_tree_and_named_by_its_lock_file() =>
        Assert.That(HerokuCli.Of(new(Checkout.Root)).Folder, Does.Match("/slug/heroku-[0-9a-f]{12}$").And.Not.StartsWith(Checkout.Root));

    [Test]
    public async Task It_is_installed_once(CancellationToken cancellationToken)
    {
        foreach (var file in (string[])[Cli.Node, Cli.Script])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "", cancellationToken);
        }

        Assert.That(await Cli.EnsureAsync(steps, cancellationToken), Is.EqualTo("there"));
        Directory.Delete(Cli.Folder, recursive: true);
    }

    [Test]
    public void What_npm_does_not_bring_leaves_nothing_and_says_why(CancellationToken cancellationToken)
    {
        if (Programs.Find("npm") is null)
            Assert.Ignore("npm is not on this machine; ./slug test installs it for the acceptance tests");
        Directory.CreateDirectory(Cli.Definition);
        File.WriteAllText(Path.Combine(Cli.Definition, "package.json"), """{"dependencies":{"heroku":"11.10.0"}}""");
        File.WriteAllText(Path.Combine(Cli.Definition, "package-lock.json"), "{ broken");
        Assert.That(async () => await Cli.EnsureAsync(steps, cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG8034: 'npm ci' of Heroku's CLI ended with "));
        Assert.That(Directory.GetDirectories(folder.In("cache")), Is.Empty);
    }
}
