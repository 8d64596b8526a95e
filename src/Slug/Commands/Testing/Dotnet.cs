using Slug.Commands.Remotes;
using Slug.Commands.Setup;
using Slug.Hosting;

namespace Slug.Commands.Testing;

/// <summary>The SDK's own program, told which program is to be tested.</summary>
internal static class Dotnet
{
    public static async Task<int> RunAsync(Repository repository, IReadOnlyList<string> arguments, Action<string> show, CancellationToken cancellationToken)
    {
        var environment = Variables.With(
            ("SLUG_ROOT", repository.Root),
            ("SLUG_PROGRAM", Path.Combine(AppContext.BaseDirectory, "slug")),
            ("SLUG_HEROKU", HerokuCli.Of(repository).Folder),
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("MSBUILDDISABLENODEREUSE", "1"));
        var dotnet = new ChildProcess("dotnet", arguments) { WorkingDirectory = repository.Root, Environment = environment, OwnSession = true };
        await using var child = dotnet.Start();
        child.Input.Close();
        var output = LiveLines.ReadAsync(child.Output, show, cancellationToken);
        var error = LiveLines.ReadAsync(child.Error, show, cancellationToken);
        var exitCode = await child.WaitAsync(cancellationToken);
        await Task.WhenAll(output, error);
        return exitCode;
    }
}
