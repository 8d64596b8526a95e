using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content.Wire;

namespace Slug.Droplets.Records;

/// <summary>Writes down what went into a build that became a droplet. What the builder told is checked against what it was given.</summary>
internal sealed class Recording(BuildJobs jobs, ConfigKey key, IOptions<BuildOptions> options, TimeProvider time)
{
    private const int LongestDescription = 200;

    public DropletRecord Of(BuildRun build, BuildOutcome.Succeeded outcome, Droplet droplet, IReadOnlyList<Layer> layers)
    {
        var (plan, job, now) = (build.Plan, jobs.For(build.Plan), time.GetUtcNow());
        var phases = build.Phases.All.Select(phase => new RecordedPhase(Words.Of(phase.Phase), phase.StartedAt, phase.FinishedAt ?? now, phase.ExitCode ?? 0)).ToList();
        return new()
        {
            Build = plan.Id,
            AppId = plan.App.Id,
            App = plan.App.Name.ToString(),
            Droplet = droplet.Digest,
            Manifest = droplet.Manifest,
            Source = SourceOf(plan),
            Stack = new(plan.Stack.Name, plan.Stack.BuildImage, plan.Stack.RunImage, plan.Stack.StandsInFor),
            Builder = plan.Builder,
            Slug = Program.Version,
            Buildpacks = [.. plan.Buildpacks.Select(buildpack => BuildpackOf(build, buildpack, outcome))],
            BuildpacksBy = plan.BuildpacksBy,
            ConfigVars = plan.ConfigVars.ToDictionary(variable => variable.Key, variable => key.DigestOf(plan.App.Id, variable.Key, variable.Value)),
            Environment = job.Environment,
            Limits = LimitsOf(job),
            Uses = UsesOf(build),
            Phases = phases,
            Reports = BuildRuns.Masked(outcome.Reports, build.Log),
            Layers = [.. layers.Select(RecordedLayer.Of)],
            StartedAt = phases.Count > 0 ? phases[0].StartedAt : now,
            FinishedAt = now,
        };
    }

    private static RecordedSource SourceOf(BuildPlan plan) => new()
    {
        Tree = plan.Source.Tree.ToString(),
        Commit = plan.Source.Commit.ToString(),
        Branch = plan.Branch,
        Folder = plan.Source.Folder.ToString(),
        MadeCommit = plan.Source.MadeCommit?.ToString(),
        LargeFilesOf = plan.Source.LargeFilesOf,
    };

    private static RecordedBuildpack BuildpackOf(BuildRun build, BuildpackReference pinned, BuildOutcome.Succeeded outcome)
    {
        var compiled = outcome.Buildpacks.FirstOrDefault(detected => detected?.Name == pinned.Name && (pinned.Digest is null || detected.Digest == pinned.Digest));
        return new()
        {
            Name = pinned.Name,
            Digest = pinned.Digest ?? compiled?.Digest,
            Revision = pinned.Revision,
            InSource = pinned.Digest is null,
            Compiled = compiled is not null,
            Description = compiled?.Description is { } words ? Short(TerminalText.Clean(build.Log.Masked(words))) : null,
        };
    }

    private RecordedLimits LimitsOf(BuildJob job) => new()
    {
        Timeout = options.Value.Timeout,
        Memory = job.MemoryLimit,
        Cpus = options.Value.Cpus,
        Processes = job.ProcessLimit,
        Droplet = job.DropletLimit,
        Cache = job.CacheLimit,
        Network = options.Value.Network,
    };

    private static RecordedUses UsesOf(BuildRun build) => new()
    {
        Wish = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(build.Plan.Cache.ToString()),
        Cache = build.Cache is { } cache ? new(cache.Build, cache.Digest, cache.Size) : null,
        Steps = [.. build.Steps.Values.Select(step => new RecordedStep(step.Build, step.Layer.DiffId, step.Layer.Size)).OrderBy(step => step.DiffId)],
    };

    private static string Short(string text) => text.Length > LongestDescription ? text[..LongestDescription] : text;
}
