using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Testing;

/// <summary>The engine and the stack, ready for tests; an instance of their own keeps the stack between two runs.</summary>
internal static class TestMachine
{
    // What tests drive, and what the service itself does without.
    private static readonly Requirement[] clients =
    [
        Requirement.Program("git-lfs", "git-lfs"), Requirement.Program("zstd", "zstd"), Requirement.Program("skopeo", "skopeo"), Requirement.Program("umoci", "umoci"),
        Requirement.Program("chromium", "chromium"), Requirement.Program("npm", "npm"),
    ];

    public static async Task PrepareAsync(Repository repository, Steps steps, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(repository.Artifacts);
        using var workplace = new Workplace(Instance.Of(new DataDirectory(repository.Artifacts)));
        await new MachineSetup(workplace, repository.Artifacts, steps).RunAsync(cancellationToken);
        await steps.RunAsync("Clients for tests", () => DebianPackages.EnsureAsync(clients, steps, cancellationToken));
        await steps.RunAsync("Heroku's CLI", () => HerokuCli.Of(repository).EnsureAsync(steps, cancellationToken));
    }
}
