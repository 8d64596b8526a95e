using Slug.Builds;
using Slug.Content;
using Slug.Droplets.Records;

namespace Slug.Verifications;

/// <summary>The plan by which a droplet is made again, or why there is none.</summary>
internal abstract record RecordedPlan
{
    public sealed record Made(BuildPlan Plan) : RecordedPlan;

    /// <summary>Something that it was made of cannot be had; the message says what.</summary>
    public sealed record Impossible(string Message) : RecordedPlan;

    public static Impossible Damaged(DropletRecord record, Digest blob) => new(
        $"SLUG4187: the droplet '{record.Droplet}' is damaged, so there is nothing to compare with: its blob '{blob}' is gone or not what it was; make it whole by pushing the same source: git commit --allow-empty -m 'Make it again', then git push");

    public static Impossible OtherBuilder(DropletRecord record, Digest builder) => new(
        $"SLUG4183: the droplet was made by Slug {record.Slug} (builder '{record.Builder.ToShortString()}'), and this is Slug {Program.Version} (builder '{builder.ToShortString()}'); run verify with that version, or push with -o no-cache and verify what this one makes");

    public static Impossible NoSource(DropletRecord record) => new(
        $"SLUG4182: the tree '{record.Source.Tree}' that the droplet was made from is not whole in the repository of '{record.App}'; push its commit again, then the newest: git push -f slug {record.Source.Commit}:main");

    public static Impossible NoStack(RecordedStack stack) => new(
        $"SLUG4184: the build image '{stack.BuildImage}' of the stack '{stack.Name}' is not in the engine any more; load it from a backup, or build that stack again while the archive has the same packages: ./slug stacks build {stack.Name}");

    public static Impossible NoBuildpacks(IEnumerable<RecordedBuildpack> gone) => new(
        $"SLUG4185: buildpacks of the droplet are not kept any more: {string.Join(", ", gone.Select(buildpack => $"'{buildpack.Name}' ({buildpack.Digest})"))}; a push that uses them in these versions brings them back");

    public static Impossible OtherConfigVars(DropletRecord record, IEnumerable<string> names) => new(
        $"SLUG4186: config vars that the droplet was made with have other values now, or none: {string.Join(", ", names)}; set them as they were for as long as it takes: ./slug config {record.App} NAME=VALUE");

    public static Impossible OtherEnvironment(IEnumerable<string> names) => new(
        $"SLUG4190: builds have another environment than the droplet's had: {string.Join(", ", names)}; start the service with the options that it had, --ca-bundle among them, or push with -o no-cache and verify what comes of it");
}
