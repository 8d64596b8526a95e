using System.Text;
using Slug.Builds;
using Slug.Content;

namespace Slug.Droplets;

/// <summary>All that decides what a build becomes, as one digest: the same key, the same droplet.</summary>
internal static class DropletKey
{
    // A new form of key or droplet gets a new number: nothing made in the old form is taken for it.
    private const string Form = "slug-droplet-1";

    /// <summary>Sha256 over one line for each thing that goes in, in this order; values of config vars as their digests.</summary>
    public static Digest Of(BuildPlan plan)
    {
        var lines = new StringBuilder()
            .Append(Form).Append('\n')
            .Append("tree ").Append(plan.Source.Tree).Append('\n')
            .Append("stack ").Append(plan.Stack.Digest).Append('\n')
            .Append("builder ").Append(plan.Builder).Append('\n');
        // Of those that are tried one compiles, of those that are chosen each.
        if (plan.BuildpacksChosen)
            lines.Append("chosen\n");
        foreach (var buildpack in plan.Buildpacks)
            lines.Append("buildpack ").Append(buildpack.Name).Append(' ').Append(buildpack.Digest).Append('\n');
        foreach (var (name, value) in plan.ConfigVars.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            lines.Append("config ").Append(name).Append(' ').Append(Digest.Of(Encoding.UTF8.GetBytes(value))).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(lines.ToString()));
    }
}
