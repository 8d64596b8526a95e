namespace Slug.Acceptance.Buildpacks;

/// <summary>Two web projects with a library between them, versions in Directory.Packages.props, and tests.</summary>
[Parallelizable]
public sealed class When_pushing_a_solution
{
    private WarmAndCold pushed = null!;

    [OneTimeSetUp]
    public async Task PushAsync() =>
        pushed = await WarmAndCold.PushAsync(
            WarmAndCold.Fixture("solution"), new Dictionary<string, string> { ["words/Words.cs"] = "public static class Words { public const string Hello = \"Hello again\"; }\n" });

    [OneTimeTearDown]
    public void RemoveFolder() => pushed.Dispose();

    [Test]
    public void Should_publish_every_web_project_and_no_test()
    {
        Assert.That(pushed.First.ExitCode, Is.Zero, pushed.First.Output);
        Assert.That(
            pushed.First.Output,
            Does.Contain("Publishing shop").And.Contains("Publishing stock").And.Contains("Defaults of dotnet -> shop, stock").And.Not.Contains("Publishing tests"));
    }

    [Test]
    public void Should_ask_neither_the_projects_nor_NuGet_where_they_are_unchanged()
    {
        Assert.That(pushed.Second.ExitCode, Is.Zero, pushed.Second.Output);
        Assert.That(pushed.Second.Output, Does.Contain("from the cache: the project files are unchanged, nothing is restored"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_take_the_change_of_a_library_into_each_of_them(CancellationToken cancellationToken) =>
        Assert.That(
            await pushed.SaysAsync(["bash", "-c", "for file in publish/*/s*.dll; do tr -d '\\0' <$file | grep -q 'Hello again' && echo $file; done"], cancellationToken),
            Does.Contain("publish/shop/shop.dll").And.Contains("publish/stock/stock.dll"));

    [Test, CancelAfter(300_000)]
    public async Task Should_become_the_same_droplet_with_and_without_a_cache(CancellationToken cancellationToken) =>
        await pushed.IsTheSameDropletFromNothingAsync(cancellationToken);
}
