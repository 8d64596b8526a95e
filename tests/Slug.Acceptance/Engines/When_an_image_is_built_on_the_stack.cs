namespace Slug.Acceptance.Engines;

/// <summary>Somebody's own image on top of the stack's build image, whose labels it inherits.</summary>
public sealed class When_an_image_is_built_on_the_stack
{
    private string container = "";
    private string image = "";

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        using var patience = Slugs.Patience();
        await Docker.RunAsync(patience.Token, "rm", "--force", container);
        await Docker.RunAsync(patience.Token, "rmi", "--force", image);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_not_be_taken_for_it(CancellationToken cancellationToken)
    {
        var name = (await Docker.RunAsync(cancellationToken, "images", "--format", "{{.ID}}", "--filter", "label=slug.stack.image=build", "--filter", "reference=slug-*/*-build")).Output.Split('\n')[0];
        container = (await Docker.RunAsync(cancellationToken, "run", "--detach", "--user", "0", name, "touch", "/usr/local/bin/spoiled")).Output.Trim();
        await Docker.RunAsync(cancellationToken, "wait", container);
        image = (await Docker.RunAsync(cancellationToken, "commit", container)).Output.Trim();
        Assert.That(image, Does.StartWith("sha256:"));
        await using var newcomer = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var app = await Slugs.AppThatAsync("test ! -e /usr/local/bin/spoiled", cancellationToken);

        var push = await app.PushAsync(newcomer, "plain", cancellationToken);

        Assert.That(push.Output, Does.Contain("Released v1"), push.Output);
    }
}
