using System.Text;
using Slug.Hosting;

namespace Slug.Stacks;

/// <summary>
/// One run of mmdebstrap that leaves two tars: the root file system with the run packages, and the same with the build packages on top.
/// One run, so that both come from the same state of the archive and nothing is unpacked twice.
/// </summary>
internal sealed class Bootstrap(StackDefinition definition, string directory)
{
    private const string Program = "mmdebstrap";
    private const int LinesKept = 30;

    // What setsid and unshare answer for a program that is not there.
    private const int NotFound = 127;

    // The commands are constant; what differs reaches them through the environment.
    private const string KeepRunImage =
        """tar --one-file-system --numeric-owner --exclude=./var/cache/apt --exclude=./var/lib/apt/lists -C "$1" -cf "$SLUG_RUN_TAR" .""";

    // Buildpacks that bring packages into a droplet bring what the run image lacks, not what the build image does.
    private const string NameRunPackages = """cp "$1"/var/lib/dpkg/status "$1"/var/lib/dpkg/status-run""";

    // As mmdebstrap itself installs: apt from outside with the archive's lists and keys, dpkg inside.
    private const string AddBuildPackages =
        """
        APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get -o Dir::Bin::dpkg=env -o DPkg::Options::=--unset=TMPDIR -o DPkg::Options::=dpkg \
          -o DPkg::Chroot-Directory="$1" --yes -q install $SLUG_BUILD_PACKAGES
        """;

    public string RunTar => Path.Combine(directory, "run.tar");

    public string BuildTar => Path.Combine(directory, "build.tar");

    /// <exception cref="StackException">mmdebstrap is missing or fails; its last words are in the message.</exception>
    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var sources = AptSources.StanzasFor(AptSources.ReadFrom(AptSources.OfThisMachine), definition);
        await File.WriteAllTextAsync(Sources, sources, cancellationToken);
        await File.WriteAllLinesAsync(DpkgOptions, ["force-unsafe-io", .. definition.Paths.ToDpkgOptions()], cancellationToken);
        await using var child = Start(sources.Length > 0);
        child.Input.Close();
        var output = CapturedText.TailOfAsync(child.Output, 8192, cancellationToken);
        var lines = FollowAsync(child.Error, progress, cancellationToken);
        var exitCode = await child.WaitAsync(cancellationToken);
        if (exitCode == NotFound)
            throw StackException.NoProgram(Program);
        if (exitCode != 0)
            throw StackException.BootstrapFailed(definition.Name, exitCode, string.Join(" | ", Telling(await lines, await output)));
    }

    private string Sources => Path.Combine(directory, definition.Suite + ".sources");

    private string DpkgOptions => Path.Combine(directory, "dpkg.cfg");

    private StartedChild Start(bool ownSources)
    {
        // Its mounts live in a namespace of their own: however it ends, none is left on this machine.
        return new ChildProcess("unshare",
        [
            "--mount", "--", Program,
            "--variant=apt", "--mode=root", "--format=tar",
            "--components=" + string.Join(',', definition.Components),
            "--include=" + string.Join(',', definition.RunPackages),
            "--essential-hook=upload dpkg.cfg " + RootRules.DpkgOptions,
            "--customize-hook=" + KeepRunImage,
            "--customize-hook=" + NameRunPackages,
            "--customize-hook=" + AddBuildPackages,
            definition.Suite, BuildTar,
            .. ownSources ? (string[])[Sources] : [],
        ])
        {
            WorkingDirectory = directory,
            OwnSession = true,
            Grace = TimeSpan.FromSeconds(30),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                ["HOME"] = "/root",
                ["LC_ALL"] = "C.UTF-8",
                ["TMPDIR"] = directory,
                ["SOURCE_DATE_EPOCH"] = $"{LayerTime.Epoch}",
                ["SLUG_RUN_TAR"] = RunTar,
                ["SLUG_BUILD_PACKAGES"] = string.Join(' ', definition.BuildPackages),
            },
        }.Start();
    }

    private static async Task<List<string>> FollowAsync(Stream error, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(error, Encoding.UTF8);
        var last = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (BootstrapStep.Of(line) is { } step)
                progress.Report(step);
            last.Add(line);
            if (last.Count > LinesKept)
                last.RemoveAt(0);
        }
        return last;
    }

    private static IEnumerable<string> Telling(List<string> errors, string output)
    {
        var told = errors.Where(line => line.StartsWith("E:", StringComparison.Ordinal)).ToArray();
        return told.Length > 0 ? told : errors.Concat(output.Split('\n')).TakeLast(5);
    }
}
