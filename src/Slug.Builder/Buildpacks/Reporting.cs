using Slug.Builder.Commands;
using Slug.Content.Wire;

namespace Slug.Builder.Buildpacks;

/// <summary>Asks a buildpack for its report, once its compile has ended, well or not. Nothing that comes of it changes the build.</summary>
internal sealed class Reporting(BuildJob job, BuilderPaths paths, CommandRun commands, TimeProvider time, List<BuildpackReport> reports)
{
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(5);

    public async Task AskAsync(Buildpack buildpack, CancellationToken cancellationToken)
    {
        if (!File.Exists(buildpack.Program("report")))
            return;
        // Without what export sets: the contract asks for the environment of the first compile.
        var call = buildpack.Call("report", [paths.App, paths.Cache, paths.ConfigVars], job.Environment);
        var output = new Capture();
        using var limit = new CancellationTokenSource(Longest, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await commands.RunAsync(call, output.AddAsync, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (ReportYaml.Read(output.Output) is { Count: > 0 } values)
            reports.Add(new(buildpack.Name, values));
    }
}
