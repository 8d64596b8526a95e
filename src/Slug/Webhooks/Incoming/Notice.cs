namespace Slug.Webhooks.Incoming;

/// <summary>What a delivery tells of.</summary>
internal abstract record Notice
{
    private Notice()
    {
    }

    /// <summary>The sender tries whether anybody is here.</summary>
    internal sealed record Ping : Notice;

    /// <summary>Refs moved.</summary>
    /// <param name="Changes">Which, and to what.</param>
    /// <param name="Url">Where the sender says that the repository is; null where it does not say.</param>
    internal sealed record Pushed(IReadOnlyList<RefChange> Changes, string? Url) : Notice;

    /// <summary>Something else that forges tell of.</summary>
    internal sealed record Other(string Event) : Notice;
}

/// <summary>A full ref name and the commit that it stands at now; null where it is gone.</summary>
internal sealed record RefChange(string Ref, string? Commit)
{
    private const string Heads = "refs/heads/";

    public string? Branch => Ref.StartsWith(Heads, StringComparison.Ordinal) ? Ref[Heads.Length..] : null;

    /// <summary>As git has it: forty zeros are no commit.</summary>
    public static RefChange Of(string reference, string after) => new(reference, after.All(digit => digit == '0') ? null : after);

    public static RefChange OfBranch(string branch, string? commit) => new(Heads + branch, commit);
}
