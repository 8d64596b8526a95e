using System.Text;
using Slug.Builder.Buildpacks;
using Slug.Builder.Logs;
using Slug.Builder.Phases;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Steps;

/// <summary>Finds the steps of the app's buildpacks, and what is kept of each.</summary>
internal sealed class StepLookup(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    private const string Form = "slug-step-1";

    public async Task<PhaseResult<List<Step>>> FindAsync(IReadOnlyList<Detection> detected, CancellationToken cancellationToken)
    {
        var steps = new List<Step>();
        // Tests compile as they like: nothing of it is packed.
        foreach (var buildpack in detected.Select(detection => detection.Buildpack).Where(buildpack => !job.IsTest && File.Exists(buildpack.Program(Step.Program))))
        {
            try
            {
                var tar = Path.Combine(Directory.CreateDirectory(paths.Steps).FullName, $"inputs-{steps.Count}.tar");
                var step = await DescribeAsync(buildpack, tar, isAlone: detected.Count == 1, cancellationToken);
                steps.Add(await LookAsync(step, cancellationToken));
            }
            catch (FileNotFoundException)
            {
                return BuildFailure.NoInputs(buildpack.Name);
            }
            catch (UnpackableEntryException mistake)
            {
                return BuildFailure.BadEntry(mistake.Message);
            }
        }

        return steps;
    }

    private async Task<Step> DescribeAsync(Buildpack buildpack, string tar, bool isAlone, CancellationToken cancellationToken)
    {
        var inputs = StepInputs.Of(buildpack);
        var named = inputs.NamedIn(paths.App);
        await using var file = File.Create(tar);
        await using var digest = new DigestStream(file);
        await LayerTar.WriteAsync(paths.App, ".", LayerModes.AsGit, (path, _) => !named.Contains(path), digest, cancellationToken);
        await digest.FlushAsync(cancellationToken);
        var configVars = job.ConfigVars.Where(variable => inputs.NamesConfigVar(variable.Key)).ToDictionary();
        return new()
        {
            Buildpack = buildpack,
            Inputs = named,
            InputsTar = tar,
            ConfigVars = configVars,
            Key = KeyOf(buildpack, digest.Finish(), configVars),
            IsAlone = isAlone,
        };
    }

    // The service adds what it alone knows: stack and builder.
    private static Digest KeyOf(Buildpack buildpack, Digest files, Dictionary<string, string> configVars)
    {
        var lines = new StringBuilder($"{Form}\nbuildpack {buildpack.Name} {buildpack.Digest}\nfiles {files}\n");
        foreach (var (name, value) in configVars.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            lines.Append("config ").Append(name).Append(' ').Append(Digest.Of(Encoding.UTF8.GetBytes(value))).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    private async Task<Step> LookAsync(Step step, CancellationToken cancellationToken)
    {
        var (kept, absence) = await calls.StepAsync(step.Key, cancellationToken);
        await log.StepAsync(
            kept is null
                ? $"Dependencies of {step.Buildpack.Name}: to be made, {absence}"
                : $"Dependencies of {step.Buildpack.Name}: kept, {ByteSize.InWords(kept.Layer.Size)} from build {kept.Build}; nothing that they are made of has changed",
            cancellationToken);
        return step with { Kept = kept };
    }
}
