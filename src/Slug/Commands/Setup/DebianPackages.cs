using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Setup;

/// <summary>Installs what the machine lacks.</summary>
internal static class DebianPackages
{
    private const int LinesShown = 10;

    /// <returns>What to say of it.</returns>
    /// <exception cref="CommandException">They cannot be installed by this user or on this system.</exception>
    public static async Task<string> EnsureAsync(IEnumerable<Requirement> requirements, Steps steps, CancellationToken cancellationToken)
    {
        var missing = requirements.Where(requirement => !requirement.IsMet()).Select(requirement => requirement.Package).Distinct().ToList();
        if (missing.Count == 0)
            return "all there";
        var names = string.Join(' ', missing);
        if (!Environment.IsPrivilegedProcess)
            throw CommandException.User($"SLUG8020: these Debian packages are missing: {names}; run this as root, or install them: apt-get install {names}");
        steps.Report($"installing {names}");
        await AptAsync(["update"], cancellationToken);
        await AptAsync(["install", "--yes", "--no-install-recommends", .. missing], cancellationToken);
        return $"installed {names}";
    }

    private static async Task AptAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var apt = new ChildProcess("apt-get", ["--quiet", .. arguments])
        {
            Environment = Variables.With(("DEBIAN_FRONTEND", "noninteractive")),
            OwnSession = true,
        };
        var result = await apt.RunAsync(cancellationToken);
        if (!result.Succeeded)
            throw CommandException.Failure(
                $"SLUG8021: 'apt-get {string.Join(' ', arguments)}' ended with {result.ExitCode}; mend what it says, then try again:\n"
                + LastLines.Of(result.Output + result.Error, LinesShown));
    }
}
