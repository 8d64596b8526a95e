namespace Slug.Engines;

/// <summary>One request to the engine: what to send and how patient to be.</summary>
internal sealed record EngineCall(HttpMethod Method, string Path)
{
    /// <summary>Makes the body; called once per attempt.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>No limit of our own until the answer begins: the caller's token ends it.</summary>
    public bool Unlimited { get; init; }

    /// <summary>Made again when nothing answers. Reading calls only, unless the engine refuses what was done already.</summary>
    public bool Repeatable { get; init; }

    public static EngineCall Get(string path) => new(HttpMethod.Get, path) { Repeatable = true };

    public static EngineCall Post(string path) => new(HttpMethod.Post, path);

    public static EngineCall Delete(string path) => new(HttpMethod.Delete, path) { Repeatable = true };

    public override string ToString() => $"{Method} {Path}";
}
