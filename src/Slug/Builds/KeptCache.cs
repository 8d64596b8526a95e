using Slug.Apps;
using Slug.Content;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>A build cache as it is kept: a file whose name says whose it is, which build left it and what its bytes are, so that one rename makes all of it true.</summary>
internal sealed record KeptCache
{
    private const string Ending = ".tar.zst";

    public required string Path { get; init; }

    public required string Stack { get; init; }

    public required Guid Build { get; init; }

    /// <summary>Sha256 of the file.</summary>
    public required Digest Digest { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the names of an app's caches for one stack begin with.</summary>
    public static string NameOf(App app, Stack stack) => $"{app.Id:D}.{stack.Name}";

    public static string NameOf(App app, Stack stack, Guid build, Digest digest) => $"{NameOf(app, stack)}.{build:D}.{digest.Hex}{Ending}";

    /// <summary>Null where the name is not of this form, as that of an older version's cache.</summary>
    public static KeptCache? Read(FileInfo file)
    {
        if (!file.Name.EndsWith(Ending, StringComparison.Ordinal)
            || file.Name[..^Ending.Length].Split('.') is not [_, .. var stack, var build, var hex]
            || stack.Length == 0
            || !Guid.TryParseExact(build, "D", out var id)
            || !Digest.TryParse($"sha256:{hex}", null, out var digest))
            return null;
        return new()
        {
            Path = file.FullName,
            Stack = string.Join('.', stack),
            Build = id,
            Digest = digest,
            Size = file.Length,
            CreatedAt = new(file.LastWriteTimeUtc),
        };
    }
}

/// <summary>The cache that a build gets.</summary>
internal abstract record CacheResult
{
    public sealed record Found(KeptCache Cache, FileStream Content) : CacheResult;

    /// <summary>There is none for it; the reason is for the pusher.</summary>
    public sealed record Absent(string Reason) : CacheResult;
}
