using System.Diagnostics.CodeAnalysis;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>The kinds of senders there are.</summary>
internal static class AllForges
{
    private static readonly IForge[] all = [new GitHub(), new GitLab(), new Gitea(), new Bitbucket(), new BitbucketDataCenter(), new Plain()];

    /// <summary>In words, for messages.</summary>
    public static string Names { get; } = $"{string.Join(", ", all.SkipLast(1).Select(forge => forge.Name))} or {all[^1].Name}";

    public static bool TryFind(string? name, [NotNullWhen(true)] out IForge? forge) => (forge = Array.Find(all, known => known.Name == name)) is not null;

    /// <summary>For whom there is no hook: as much work as for the others.</summary>
    public static IForge Nobodys => all[0];
}
