namespace Slug.Acceptance.Apps;

[Parallelizable]
public class When_a_build_prints_its_config_vars
{
    private const string Secret = "s3cret-of-the-acceptance-test";
    private const string KeyLine = "MIIEvQIBADANBgkqhkiG9w0";

    [Test, CancelAfter(90_000)]
    public async Task Should_show_stars_in_their_place_live_and_kept(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo \"token $(cat $ENV_DIR/TOKEN)!\"; cat $ENV_DIR/PEM >&2; echo \"short $(cat $ENV_DIR/SHORT)\"", cancellationToken);
        await ConfigureAsync(app, cancellationToken);

        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        Assert.That(push.Output, Does.Contain("token ****!").And.Contains("short brief").And.Contains("Released"));
        Assert.That(push.Output, Does.Not.Contain(Secret).And.Not.Contains(KeyLine));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output, Does.Contain("token ****!").And.Not.Contains(Secret).And.Not.Contains(KeyLine));
        Assert.That(Files("logs", "*"), Does.Not.Contain(Secret).And.Not.Contains(KeyLine));
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_show_stars_in_the_reason_of_a_failure(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("cat $ENV_DIR/TOKEN >Procfile", cancellationToken);
        await ConfigureAsync(app, cancellationToken);

        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        Assert.That(push.Output, Does.Contain("SLUG3151").And.Contains("****").And.Not.Contains(Secret));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app, "--json")).Output, Does.Contain("****").And.Not.Contains(Secret));
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_show_stars_in_what_a_buildpack_reports(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                [".buildpacks"] = "./own\n",
                ["Procfile"] = "web: sleep infinity\n",
                ["own/bin/detect"] = "#!/bin/bash\necho Own\n",
                ["own/bin/compile"] = "#!/bin/bash\n",
                ["own/bin/report"] = "#!/bin/bash\necho \"source: https://me:$(cat $3/TOKEN)@example.org\"; echo \"short: $(cat $3/SHORT)\"\n",
            },
            cancellationToken);
        await ConfigureAsync(app, cancellationToken);

        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Released"));

        var builds = await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app, "--json");
        Assert.That(builds.Output, Does.Contain("https://me:****@example.org").And.Contains("\"short\": \"brief\"").And.Not.Contains(Secret));
        Assert.That(Files("", "slug.db*"), Does.Contain("me:****@").And.Not.Contains(Secret));
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_keep_no_plain_value_in_the_database(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        await ConfigureAsync(app, cancellationToken);

        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "config", app)).Output, Does.Contain(Secret), "its owner reads it");
        Assert.That(Files("", "slug.db*"), Does.Contain(app).And.Contains("TOKEN"));
        Assert.That(Files("", "slug.db*"), Does.Not.Contain(Secret).And.Not.Contains(KeyLine));
        Assert.That(File.GetUnixFileMode(Path.Combine(Slugs.Scripted.Data, "config.key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static async Task ConfigureAsync(string app, CancellationToken cancellationToken)
    {
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        var config = await Slugs.Scripted.SlugAsync(
            cancellationToken, "config", app, $"TOKEN={Secret}", $"PEM=-----BEGIN PRIVATE KEY-----\n{KeyLine}\n-----END PRIVATE KEY-----", "SHORT=brief");
        Assert.That(config.ExitCode, Is.Zero, config.Output);
    }

    // As they are on disk, while the service runs.
    private static string Files(string folder, string pattern) =>
        string.Concat(Directory.EnumerateFiles(Path.Combine(Slugs.Scripted.Data, folder), pattern).Select(path =>
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd();
        }));
}
