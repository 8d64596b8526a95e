using Slug.Commands.Remotes;

namespace Slug.Tests.Commands.Remotes;

internal sealed class FolderNameTests
{
    [TestCase("hello", "hello")]
    [TestCase("My App", "my-app")]
    [TestCase("2048_game.js", "game-js")]
    [TestCase("-x--y-", "x-y")]
    [TestCase("a-name-that-is-longer-than-an-app-may-have", "a-name-that-is-longer-than-an")]
    public void A_folders_name_is_made_valid(string folder, string name) =>
        Assert.That(FolderName.ToAppName(folder)?.ToString(), Is.EqualTo(name));

    [TestCase("")]
    [TestCase("2048")]
    [TestCase("日本")]
    [TestCase("slug")]
    [TestCase("x")]
    public void A_folder_that_gives_no_name_is_told(string folder) => Assert.That(FolderName.ToAppName(folder), Is.Null);
}
