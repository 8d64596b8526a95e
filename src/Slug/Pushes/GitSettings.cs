using System.Globalization;

namespace Slug.Pushes;

/// <summary>The configuration of every git program we run; no file of the machine, of a user or of a pusher adds to it.</summary>
internal static class GitSettings
{
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
        var settings = All(repository, options, hooks);
        environment["GIT_CONFIG_COUNT"] = settings.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var (index, (name, value)) in settings.Index())
        {
            environment[$"GIT_CONFIG_KEY_{index}"] = name;
            environment[$"GIT_CONFIG_VALUE_{index}"] = value;
        }
        return environment;
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
        // Found in old, honest histories; Gitaly passes over the same three.
        new("receive.fsck.badTimezone", "ignore"),
        new("receive.fsck.missingSpaceBeforeDate", "ignore"),
        new("receive.fsck.zeroPaddedFilemode", "ignore"),
        new("receive.unpackLimit", "1"),
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
