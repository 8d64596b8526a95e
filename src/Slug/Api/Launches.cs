using Slug.Apps;
using Slug.Droplets;
using Slug.Releases;
using Slug.Stacks;

namespace Slug.Api;

/// <summary>What it takes to start a release: its stack's run image, its process types, its environment.</summary>
internal sealed class Launches(DropletStore droplets, ConfigVars configVars, StackCatalog stacks)
{
    public async Task<LaunchView?> OfAsync(App app, Release release, Droplet droplet, CancellationToken cancellationToken)
    {
        if (await stacks.FindBuiltAsync(droplet.Stack, cancellationToken) is not { } stack)
            return null;
        // What the buildpack set is a default: config vars win.
        var environment = new Dictionary<string, string>(await droplets.EnvironmentAsync(droplet, cancellationToken));
        foreach (var (name, value) in await configVars.OfAsync(app, cancellationToken))
            environment[name] = value;
        return new(app.Name.ToString(), release.Version, droplet.Digest, stack.RunImage.ToString(), droplet.Processes, environment);
    }
}
