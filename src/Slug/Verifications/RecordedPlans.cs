using Slug.Apps;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Droplets.Records;
using Slug.Engines;
using Slug.Pushes;
using Slug.Sources;

namespace Slug.Verifications;

/// <summary>Makes a build's plan of a droplet's record and of nothing else: what the app is set to by now does not count. The values of config vars are the app's, and must be those of the record.</summary>
internal sealed class RecordedPlans(
    RecordedSources sources, DockerEngine engine, BuildpackShelf shelf, ConfigVars configVars, ConfigKey key, BuilderProgram builder, BuildEnvironment environment)
{
    // Not what goes into a droplet: the build's own id, and where packages are fetched the quicker.
    private const string BuildId = "REQUEST_ID";
    private const string Mirror = "_MIRROR";

    public async Task<RecordedPlan> MakeAsync(Push push, DropletRecord record, CancellationToken cancellationToken)
    {
        if (record.Builder != builder.Digest)
            return RecordedPlan.OtherBuilder(record, builder.Digest);
        if (await sources.FindAsync(push.App, record.Source, cancellationToken) is not { } source)
            return RecordedPlan.NoSource(record);
        try
        {
            if (await engine.Images.FindAsync(record.Stack.BuildImage.ToString(), cancellationToken) is null)
                return RecordedPlan.NoStack(record.Stack);
        }
        catch (EngineException exception)
        {
            return new RecordedPlan.Impossible(exception.Message);
        }

        return MakeOf(push, source, record, await configVars.OfAsync(push.App, cancellationToken));
    }

    private RecordedPlan MakeOf(Push push, Source source, DropletRecord record, IReadOnlyDictionary<string, string> values)
    {
        if (record.Buildpacks.Where(IsGone).ToList() is [_, ..] gone)
            return RecordedPlan.NoBuildpacks(gone);
        if (record.ConfigVars.Where(recorded => !IsSame(push.App, recorded, values)).Select(recorded => recorded.Key).Order(StringComparer.Ordinal).ToList() is [_, ..] changed)
            return RecordedPlan.OtherConfigVars(record, changed);
        var plan = PlanOf(push, source, record, values);
        return Differing(record.Environment, environment.Of(plan, [])).ToList() is [_, ..] differing
            ? RecordedPlan.OtherEnvironment(differing)
            : new RecordedPlan.Made(plan);
    }

    private static BuildPlan PlanOf(Push push, Source source, DropletRecord record, IReadOnlyDictionary<string, string> values) => new()
    {
        Id = push.Id,
        App = push.App,
        Branch = record.Source.Branch,
        Source = source,
        Stack = new()
        {
            Name = record.Stack.Name,
            BuildImage = record.Stack.BuildImage,
            RunImage = record.Stack.RunImage,
            StandsInFor = record.Stack.StandsInFor,
            BuildSize = 0,
            RunSize = 0,
        },
        Buildpacks = [.. record.Buildpacks.Select(buildpack => new BuildpackReference(buildpack.Name, buildpack.InSource ? null : buildpack.Digest))],
        BuildpacksChosen = record.BuildpacksBy is not null,
        IsSlug = record.Buildpacks.Count == 0,
        Verifies = record.Droplet,
        ConfigVars = record.ConfigVars.Keys.ToDictionary(name => name, name => values[name]),
        Builder = record.Builder,
    };

    private bool IsGone(RecordedBuildpack buildpack) => !buildpack.InSource && (buildpack.Digest is not { } digest || !shelf.Use(digest));

    private bool IsSame(App app, KeyValuePair<string, string> recorded, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(recorded.Key, out var value) && key.DigestOf(app.Id, recorded.Key, value) == recorded.Value;

    private static IEnumerable<string> Differing(IReadOnlyDictionary<string, string> recorded, Dictionary<string, string> now) =>
        from name in recorded.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
        where name != BuildId && !name.EndsWith(Mirror, StringComparison.Ordinal)
        where recorded.GetValueOrDefault(name) != now.GetValueOrDefault(name)
        select name;
}
