namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_a_PHP_app
{
    private const string NoPackages = """{ "packages": [], "packages-dev": [], "platform": {}, "plugin-api-version": "2.3.0" }""";

    private ChangingApp app = null!;

    [OneTimeSetUp]
    public async Task PushAsync() => app = await ChangingApp.OfSampleAsync("php-hello");

    [OneTimeTearDown]
    public void RemoveFolder() => app.Dispose();

    [Test, CancelAfter(180_000)]
    public async Task Should_keep_PHP_and_composer_in_the_cache_and_run_the_script_compile(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(
            new Dictionary<string, string> { ["composer.json"] = """{ "repositories": [{ "packagist.org": false }], "scripts": { "compile": "echo compiled >made.txt" } }""", ["composer.lock"] = NoPackages },
            cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("       from the cache").And.Contain("composer from the cache"));
        Assert.That((await app.RunAsync(cancellationToken, "cat", "made.txt")).Output, Does.Contain("compiled"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_bring_the_extensions_that_composer_json_requires(CancellationToken cancellationToken)
    {
        // An app of its own: these extensions would take the place of the first ones in the cache.
        var name = Slugs.NewName();
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string> { ["composer.json"] = """{ "repositories": [{ "packagist.org": false }], "require": { "ext-json": "*", "ext-bcmath": "*" } }""", ["composer.lock"] = NoPackages },
            cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, name, cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "run", name, "php", "-r", "echo bcadd('1', '2');")).Output, Does.Contain("3"));
    }

    [TestCase("""{ "require": { "ext-nonesuch": "*" } }""", "Unable to locate package php-nonesuch")]
    [TestCase("""{ "require": { "php": "^99" } }""", "your php version")]
    [TestCase("{ nonsense", " !     composer.json is not valid JSON")]
    [CancelAfter(180_000)]
    public async Task Should_refuse_what_it_cannot_install(string composer, string words, CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["composer.json"] = composer, ["composer.lock"] = NoPackages.Replace("\"platform\": {}", "\"platform\": { \"php\": \"^99\" }", StringComparison.Ordinal) }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(words));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_serve_plain_PHP_without_composer_from_the_root(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(new Dictionary<string, string> { ["index.php"] = "<?php echo 'Hello';" }, cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("Defaults of php -> web").And.Not.Contain("composer"));
    }
}
