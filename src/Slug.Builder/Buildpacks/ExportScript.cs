using Slug.Builder.Commands;
using Slug.Builder.Logs;
using Slug.Content.Wire;

namespace Slug.Builder.Buildpacks;

/// <summary>Hands the environment that a buildpack's <c>export</c> sets to the buildpacks after it.</summary>
internal sealed class ExportScript(CommandRun commands, BuildLog log)
{
    private const string Source = """source "$1" >&2 && exec /usr/bin/env -0""";

    /// <summary>What bash sets by itself is nobody's wish.</summary>
    private static readonly string[] OwnOfBash = ["_", "SHLVL", "PWD", "OLDPWD"];

    /// <summary>The environment after the script; the same as before, with a warning, where it fails.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ApplyAsync(
        Buildpack buildpack, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (!File.Exists(buildpack.Export))
            return environment;
        var command = new Command
        {
            Program = "/bin/bash",
            Arguments = ["--norc", "--noprofile", "-c", Source, "export", buildpack.Export],
            Directory = buildpack.Directory,
            Environment = environment,
        };
        var output = new Capture();
        var exitCode = await commands.RunAsync(command, output.AddAsync, cancellationToken);
        if (exitCode == 0)
            return Parse(output.Output, environment);
        await log.WarnAsync(BuildWarning.ExportFailed(buildpack.Name, exitCode), cancellationToken);
        foreach (var line in output.LastLines)
            await log.WriteAsync(LogSource.Err, line, cancellationToken);
        return environment;
    }

    internal static Dictionary<string, string> Parse(string output, IReadOnlyDictionary<string, string> before) =>
        output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .Where(variable => variable.Length == 2 && (!OwnOfBash.Contains(variable[0]) || before.ContainsKey(variable[0])))
            .ToDictionary(variable => variable[0], variable => variable[1], StringComparer.Ordinal);
}
