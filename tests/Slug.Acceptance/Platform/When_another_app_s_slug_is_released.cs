using Slug.Acceptance.Registry;

namespace Slug.Acceptance.Platform;

/// <summary>From staging to production, in one installation.</summary>
[Parallelizable]
public class When_another_app_s_slug_is_released
{
    [Test, CancelAfter(120_000)]
    public async Task Should_be_all_that_it_was_and_outlive_its_app(CancellationToken cancellationToken)
    {
        var staging = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("cat $ENV_DIR/KIND >made", cancellationToken);
        using var client = new PlatformClient(Slugs.Scripted);
        var production = await client.AppAsync(cancellationToken);
        await SlugAsync("apps", "create", staging);
        await SlugAsync("config", staging, "KIND=staged");
        Assert.That((await folder.PushAsync(Slugs.Scripted, staging, cancellationToken)).Output, Does.Contain("Released v2"));
        var slug = (await client.SendAsync("GET", $"/apps/{staging}/releases/current", null, cancellationToken)).GetProperty("slug").GetProperty("id").GetString();

        await client.SendAsync("POST", $"/apps/{production}/releases", $$"""{"slug":"{{slug}}"}""", cancellationToken);

        var record = await SlugAsync("droplets", "show", staging, "--json");
        Assert.That(await SlugAsync("droplets", "show", production, "--json"), Is.EqualTo(record));
        Assert.That(await SlugAsync("droplets", "show", production), Does.Match($@"App +{production}, released as v1, made by {staging}"));
        Assert.That(await SlugAsync("verify", production), Does.Contain("Identical: sha256:").And.Contains($"of '{staging}' again"));
        await using (var tools = await ImageTools.LogInAsync(Slugs.Scripted, cancellationToken))
            await tools.PullAsync($"{tools.Registry}/{production}:v1", cancellationToken);

        await client.SendAsync("DELETE", $"/apps/{staging}", null, cancellationToken);
        await SlugAsync("gc");

        Assert.That(await SlugAsync("droplets", "show", production, "--json"), Is.EqualTo(record));
        var verified = await Slugs.Scripted.SlugAsync(cancellationToken, "verify", production);
        Assert.That(verified.ExitCode, Is.Not.Zero);
        Assert.That(verified.Output, Does.Contain("SLUG4182").And.Contains($"'{staging}'"));

        async Task<string> SlugAsync(params string[] arguments)
        {
            var result = await Slugs.Scripted.SlugAsync(cancellationToken, arguments);
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            return result.Output;
        }
    }
}
