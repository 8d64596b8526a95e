using Microsoft.Extensions.Options;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Says to a builder what its build is.</summary>
internal sealed class BuildJobs(BuildEnvironment environment, IOptions<BuildOptions> options)
{
    public BuildJob For(BuildPlan plan) => new()
    {
        BuildId = plan.Id.ToString(),
        App = plan.App.Name.ToString(),
        Buildpacks = plan.Buildpacks,
        BuildpacksChosen = plan.BuildpacksChosen,
        IsTest = plan.IsTest,
        Environment = environment.Of(plan),
        ConfigVars = plan.ConfigVars,
        CacheLimit = options.Value.CacheLimit,
        DropletLimit = options.Value.SlugLimit,
        MemoryLimit = options.Value.Memory,
        ProcessLimit = options.Value.Pids,
    };
}
