namespace Slug.Webhooks.Incoming;

/// <summary>What a forge is told of a commit.</summary>
internal sealed record CommitStatus
{
    /// <summary>GitHub takes no more characters.</summary>
    private const int LongestDescription = 140;

    public const string Pending = "pending";
    public const string Success = "success";
    public const string Failure = "failure";

    private readonly string description = "";

    /// <summary>The repository's path at the forge, without <c>.git</c>.</summary>
    public required string Repository { get; init; }

    public required string App { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    /// <summary>One of the three.</summary>
    public required string State { get; init; }

    public required string Description
    {
        get => description;
        init => description = value.Length > LongestDescription ? value[..(LongestDescription - 1)] + "…" : value;
    }

    /// <summary>Where the build can be looked at.</summary>
    public required string Address { get; init; }

    /// <summary>Tells this service's word on a commit from others'.</summary>
    public string Context => $"slug/{App}";
}

/// <summary>A POST that says it: a path below the forge's API, one header with the token, and fields for JSON.</summary>
internal sealed record StatusCall(string Path, string Header, string Value, IReadOnlyDictionary<string, string> Fields);
