using Slug.Api;
using Slug.Builds;
using Slug.Droplets.Records;

namespace Slug.Commands.Terminals;

/// <summary>A droplet's record as people read it.</summary>
internal static class RecordPage
{
    private const int Width = 40;

    public static IEnumerable<(string Name, string Value)> Of(DropletDetails details)
    {
        var record = details.Record;
        yield return ("Droplet", $"{record.Droplet}{(details.Damage is { } blob ? $" (damaged: {blob}; see slug fsck)" : "")}");
        yield return ("App", $"{details.App}{(details.Releases.Count > 0 ? $", released as {string.Join(", ", details.Releases.Select(version => Wording.Version(version)))}" : ", not released")}{(record.App == details.App ? "" : $", made by {record.App}")}");
        yield return ("Built", $"{Wording.Time(record.FinishedAt)} in {Wording.Duration(record.FinishedAt - record.StartedAt)}, build {record.Build}");
        yield return ("Source", $"commit {Wording.Commit(record.Source.Commit)} of {record.Source.Branch}, tree {Wording.Commit(record.Source.Tree)}{(record.Source.Folder == "." ? "" : $", folder {record.Source.Folder}")}");
        yield return ("Stack", $"{record.Stack.Name}, build image {record.Stack.BuildImage.ToShortString()}, run image {record.Stack.RunImage.ToShortString()}");
        yield return ("Builder", $"Slug {record.Slug}, {record.Builder.ToShortString()}");
        yield return ("Config vars", record.ConfigVars.Count > 0 ? string.Join(", ", record.ConfigVars.Keys.Order(StringComparer.Ordinal)) : "none");
        yield return ("Caches", CachesOf(record.Uses));
        yield return ("Referred to by", details.Referrers.Count > 0 ? string.Join(", ", details.Referrers) : "nothing yet; slug droplets sbom and provenance make what they show");
        foreach (var line in Buildpacks(record).Concat(Phases(record)).Concat(Layers(record)))
            yield return line;
    }

    private static IEnumerable<(string Name, string Value)> Buildpacks(DropletRecord record)
    {
        yield return ("Buildpacks", record.Buildpacks.Count == 0 ? "none: it was uploaded as a slug" : record.BuildpacksBy is { } who ? $"by {who}" : "the first that knows the app, of all that come with Slug");
        foreach (var buildpack in record.Buildpacks.Where(buildpack => buildpack.Compiled))
        {
            yield return ("", $"{buildpack.Name} {buildpack.Digest?.ToShortString()}{(buildpack.Revision is { } revision ? $" at {Wording.Commit(revision)}" : "")}: {buildpack.Description}");
            foreach (var (name, value) in record.Reports.Where(report => report.Buildpack == buildpack.Name).SelectMany(report => report.Values))
                yield return ("", TerminalText.Clean($"  {name} {value}"));
        }
    }

    // Where on the whole's length each phase lies.
    private static IEnumerable<(string Name, string Value)> Phases(DropletRecord record)
    {
        yield return ("Phases", "");
        var whole = Math.Max((record.FinishedAt - record.StartedAt).TotalMilliseconds, 1);
        foreach (var phase in record.Phases)
        {
            var from = Place(phase.StartedAt);
            var length = Math.Max(Place(phase.FinishedAt) - from, 1);
            var bar = (new string(' ', Math.Min(from, Width - 1)) + new string('#', length)).PadRight(Width)[..Width];
            yield return ("", $"{phase.Phase,-8}{Wording.Duration(phase.FinishedAt - phase.StartedAt),10}  |{bar}|{(phase.ExitCode == 0 ? "" : $" exit {phase.ExitCode}")}");
        }

        int Place(DateTimeOffset time) => (int)Math.Clamp(Math.Round((time - record.StartedAt).TotalMilliseconds / whole * Width), 0, Width);
    }

    private static IEnumerable<(string Name, string Value)> Layers(DropletRecord record)
    {
        yield return ("Layers", "lowest first: as unpacked, as stored");
        foreach (var layer in record.Layers)
            yield return ("", $"{layer.DiffId.ToShortString()} {Wording.Size(layer.Size),10} {Wording.Size(layer.BlobSize),10}");
    }

    private static string CachesOf(RecordedUses uses)
    {
        var used = uses.Steps.Select(step => $"a step of build {step.Build} ({Wording.Size(step.Size)})")
            .Concat(uses.Cache is { } cache ? [$"the cache of build {cache.Build} ({Wording.Size(cache.Size)})"] : []).ToList();
        return used.Count > 0 ? $"warm: {string.Join(", ", used)}" : "cold";
    }
}
