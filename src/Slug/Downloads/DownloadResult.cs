namespace Slug.Downloads;

/// <summary>What a build is answered.</summary>
internal abstract record DownloadResult
{
    private DownloadResult()
    {
    }

    /// <summary>The archive.</summary>
    public sealed record Found(FileStream Content) : DownloadResult;

    /// <summary>The mirror's own word.</summary>
    public sealed record Document(byte[] Json) : DownloadResult;

    /// <summary>The build asks the registry itself, as it would without all this.</summary>
    public sealed record Elsewhere(Uri Url) : DownloadResult;

    /// <summary>The registry's bytes are not what its index promises.</summary>
    public sealed record Refused(string Message) : DownloadResult;

    /// <summary>No registry of this service, or no path.</summary>
    public sealed record Unknown : DownloadResult;
}
