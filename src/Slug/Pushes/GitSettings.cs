using System.Globalization;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>The configuration of every git program we run; no file of the machine, of a user or of a pusher adds to it.</summary>
internal static class GitSettings
{
    private const string Count = "GIT_CONFIG_COUNT";

    /// <summary>The environment that carries it (git-config, "GIT_CONFIG_COUNT").</summary>
    public static Dictionary<string, string> Environment(Repository repository, PushOptions options, string hooks)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = "/nonexistent",
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = "https",
        };
        Add(environment, 0, All(repository, options, hooks));
        return environment;
    }

    /// <summary>The same command with more settings, and with the transports that it may use.</summary>
    public static ChildProcess With(ChildProcess command, string protocols, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var environment = new Dictionary<string, string>(command.Environment!) { ["GIT_ALLOW_PROTOCOL"] = protocols };
        Add(environment, int.Parse(environment[Count], CultureInfo.InvariantCulture), settings);
        return command with { Environment = environment };
    }

    private static void Add(Dictionary<string, string> environment, int first, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        environment[Count] = (first + settings.Count).ToString(CultureInfo.InvariantCulture);
        foreach (var (index, (name, value)) in settings.Index())
        {
            environment[$"GIT_CONFIG_KEY_{first + index}"] = name;
            environment[$"GIT_CONFIG_VALUE_{first + index}"] = value;
        }
    }

    private static List<KeyValuePair<string, string>> All(Repository repository, PushOptions options, string hooks) =>
    [
        new("safe.bareRepository", "explicit"),
        new("safe.directory", repository.Directory),
        new("core.hooksPath", hooks),
        .. objects,
        .. memory,
        .. receiving,
        new("receive.maxInputSize", options.Limit.ToString(CultureInfo.InvariantCulture)),
    ];

    private static readonly KeyValuePair<string, string>[] objects =
    [
        new("core.useReplaceRefs", "false"),
        new("core.alternateRefsCommand", "exit 0 #"),
        // What was acknowledged outlives a power cut: with less, a ref's file can come back empty.
        new("core.fsync", "all"),
        new("transfer.fsckObjects", "true"),
        new("receive.fsck.gitattributesSymlink", "error"),
        new("fetch.fsck.gitattributesSymlink", "error"),
        // Found in old, honest histories; Gitaly passes over the same three.
        .. from stage in (string[])["receive", "fetch"]
           from finding in (string[])["badTimezone", "missingSpaceBeforeDate", "zeroPaddedFilemode"]
           select new KeyValuePair<string, string>($"{stage}.fsck.{finding}", "ignore"),
        new("receive.unpackLimit", "1"),
        new("fetch.unpackLimit", "1"),
    ];

    private static readonly KeyValuePair<string, string>[] memory =
    [
        // A blob above this is streamed: 7 MB in place of 400 MB for one of 400 MB.
        new("core.bigFileThreshold", "1m"),
        new("core.packedGitWindowSize", "32m"),
        new("core.packedGitLimit", "256m"),
        new("pack.windowMemory", "64m"),
        new("pack.threads", "1"),
        new("gc.auto", "0"),
        new("receive.autogc", "false"),
    ];

    private static readonly KeyValuePair<string, string>[] receiving =
    [
        new("receive.keepAlive", "5"),
        new("receive.advertisePushOptions", "true"),
        // In this order: all are hidden, but branches and tags.
        new("receive.hideRefs", "refs"),
        new("receive.hideRefs", "!refs/heads"),
        new("receive.hideRefs", "!refs/tags"),
        new("uploadpack.hideRefs", "refs/slug"),
        new("uploadpack.allowAnySHA1InWant", "false"),
    ];
}
