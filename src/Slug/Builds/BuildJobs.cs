using Microsoft.Extensions.Options;
using Slug.Content.Wire;
using Slug.Downloads;

namespace Slug.Builds;

/// <summary>Says to a builder what its build is.</summary>
internal sealed class BuildJobs(BuildEnvironment environment, Mirror mirror, IOptions<BuildOptions> options)
{
    public BuildJob For(BuildPlan plan) => For(plan, options.Value.Network == "none" ? [] : mirror.Doors);

    private BuildJob For(BuildPlan plan, IReadOnlyList<RegistryDoor> registries) => new()
    {
        BuildId = plan.Id.ToString(),
        App = plan.App.Name.ToString(),
        Buildpacks = plan.Buildpacks,
        BuildpacksChosen = plan.BuildpacksChosen,
        IsTest = plan.IsTest,
        IsSlug = plan.IsSlug,
        IsVerification = plan.Verifies is not null,
        Environment = environment.Of(plan, registries),
        ConfigVars = plan.ConfigVars,
        Registries = registries,
        CacheLimit = options.Value.CacheLimit,
        DropletLimit = options.Value.SlugLimit,
        MemoryLimit = options.Value.Memory,
        ProcessLimit = options.Value.Pids,
    };
}
