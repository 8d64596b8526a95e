using System.Globalization;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets.Records;
using Slug.Hosting;

namespace Slug.Droplets.Statements;

/// <summary>Says a droplet's record in the words of SLSA.</summary>
internal static class ProvenanceOf
{
    private const string BuildType = "urn:slug:build:push:1";

    public static Provenance Record(DropletRecord record, Instance instance) => new(
        new()
        {
            BuildType = BuildType,
            ExternalParameters = new()
            {
                App = record.App,
                Ref = $"refs/heads/{record.Source.Branch}",
                Dir = record.Source.Folder,
                Cache = record.Uses.Wish,
                BuildpacksBy = record.BuildpacksBy,
                ConfigVars = record.ConfigVars,
            },
            InternalParameters = new()
            {
                Stack = record.Stack.Name,
                Environment = record.Environment,
                Limits = record.Limits,
                Uses = record.Uses,
                Phases = record.Phases,
                Reports = record.Reports,
            },
            ResolvedDependencies = [Source(record), .. StackOf(record.Stack), .. record.Buildpacks.Where(buildpack => buildpack.Digest is not null).Select(Buildpack), Builder(record)],
        },
        new(
            new($"urn:slug:installation:{instance.Id}", new Dictionary<string, string> { ["slug"] = record.Slug }),
            new(record.Build.ToString(), Time(record.StartedAt), Time(record.FinishedAt)),
            [.. record.Layers.Select((layer, place) => Layer(layer, place))]));

    private static ResourceDescriptor Source(DropletRecord record) => new()
    {
        Name = "source",
        Uri = $"urn:slug:app:{record.App}",
        Digest = new(StringComparer.Ordinal) { ["gitCommit"] = record.Source.Commit, ["gitTree"] = record.Source.Tree },
    };

    private static IEnumerable<ResourceDescriptor> StackOf(RecordedStack stack) =>
        from image in (KeyValuePair<string, Digest>[])[new("build", stack.BuildImage), new("run", stack.RunImage)]
        select new ResourceDescriptor
        {
            Name = $"{image.Key} image",
            Uri = $"urn:slug:stack:{stack.Name}:{image.Key}",
            Digest = ResourceDescriptor.Sha256(image.Value),
            MediaType = MediaTypes.Config,
        };

    private static ResourceDescriptor Buildpack(RecordedBuildpack buildpack)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["compiled"] = buildpack.Compiled ? "true" : "false" };
        if (buildpack.Revision is { } revision)
            facts["revision"] = revision;
        var isElsewhere = buildpack.Name.Contains("://", StringComparison.Ordinal);
        return new()
        {
            Name = $"buildpack {buildpack.Name}",
            Uri = isElsewhere ? buildpack.Name : $"urn:slug:buildpack:{Uri.EscapeDataString(buildpack.Name)}",
            Digest = ResourceDescriptor.Sha256(buildpack.Digest!.Value),
            Annotations = facts,
        };
    }

    private static ResourceDescriptor Builder(DropletRecord record) =>
        new() { Name = "builder", Uri = $"urn:slug:builder:{record.Slug}", Digest = ResourceDescriptor.Sha256(record.Builder) };

    private static ResourceDescriptor Layer(RecordedLayer layer, int place) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"layer {place}"),
        Digest = ResourceDescriptor.Sha256(layer.DiffId),
        MediaType = MediaTypes.Layer,
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
