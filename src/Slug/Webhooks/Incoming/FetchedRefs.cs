using Slug.Content;
using Slug.Pushes;

namespace Slug.Webhooks.Incoming;

/// <summary>What holds the commits of a repository that were fetched, and what of it has no use any more.</summary>
internal sealed record FetchedRefs
{
    private const string Builds = "refs/slug/builds";
    private const string Submodules = "refs/slug/modules";
    private const string Made = "refs/slug/made";

    public required Repository Repository { get; init; }

    /// <summary>All of Slug's own.</summary>
    public required IReadOnlyDictionary<string, ObjectId> All { get; init; }

    /// <summary>Those of builds that nothing needs.</summary>
    public required IReadOnlyList<string> Outdated { get; init; }

    /// <summary>The commits of the others.</summary>
    public required IReadOnlySet<ObjectId> Kept { get; init; }

    /// <summary>Commits that were made of those.</summary>
    public required IReadOnlySet<ObjectId> KeptMade { get; init; }

    /// <summary>Commits of submodules.</summary>
    public required IReadOnlySet<ObjectId> Modules { get; init; }

    public static FetchedRefs Of(Repository repository, NeededCommits needed)
    {
        var all = new References(repository).Below("refs/slug");
        var builds = all.Keys.Where(name => name.StartsWith($"{Builds}/", StringComparison.Ordinal)).ToLookup(name => needed.Builds.Contains(IdOf(name)));
        return new()
        {
            Repository = repository,
            All = all,
            Outdated = [.. builds[false]],
            Kept = builds[true].Select(name => all[name]).ToHashSet(),
            Modules = all.Where(held => held.Key.StartsWith($"{Submodules}/", StringComparison.Ordinal)).Select(held => held.Value).ToHashSet(),
            KeptMade = builds[true].Where(name => needed.Made.ContainsKey(IdOf(name))).Select(name => ObjectId.Parse(needed.Made[IdOf(name)])).ToHashSet(),
        };
    }

    /// <summary>For <c>git update-ref --stdin</c>: all or nothing.</summary>
    public string Change(FetchedRest rest)
    {
        var kept = All.Where(held => held.Key.StartsWith($"{Builds}/", StringComparison.Ordinal) && !Outdated.Contains(held.Key)).Select(held => held.Key)
            .Concat(rest.Modules.Select(module => $"{Submodules}/{module}")).Concat(rest.Made.Select(made => $"{Made}/{made}")).ToHashSet(StringComparer.Ordinal);
        return string.Concat(
            All.Keys.Where(name => !kept.Contains(name)).Select(name => $"delete {name}\n")
                .Concat(rest.Made.Where(made => !All.ContainsKey($"{Made}/{made}")).Select(made => $"create {Made}/{made} {made}\n")));
    }

    private static Guid IdOf(string name) => Guid.TryParse(name[(Builds.Length + 1)..], out var id) ? id : Guid.Empty;
}

/// <summary>What stays of a repository of fetched commits.</summary>
/// <param name="Commits">All that is held.</param>
/// <param name="Modules">Of these, those of submodules.</param>
/// <param name="Made">Of these, those that were made.</param>
/// <param name="Files">Large files that are named; null where that cannot be told, and none may go.</param>
internal sealed record FetchedRest(IReadOnlyCollection<ObjectId> Commits, IReadOnlyCollection<ObjectId> Modules, IReadOnlyCollection<ObjectId> Made, IReadOnlySet<Digest>? Files);
