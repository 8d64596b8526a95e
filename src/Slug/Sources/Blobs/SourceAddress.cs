using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Slug.Content;
using Slug.Remotes;

namespace Slug.Sources.Blobs;

/// <summary>Where the archive is that becomes a build's source, and what was promised of it.</summary>
internal sealed record SourceAddress
{
    /// <summary>Where the shelf's own addresses begin.</summary>
    public const string OwnPath = "/sources/";

    private SourceAddress()
    {
    }

    public required RemoteUrl Url { get; init; }

    /// <summary>On the shelf of this service; null where it is anywhere else.</summary>
    public Guid? OnShelf { get; init; }

    /// <summary>Null where nothing was promised.</summary>
    public Digest? Checksum { get; init; }

    /// <param name="url">As it was asked for.</param>
    /// <param name="checksum">The same; null for none.</param>
    /// <param name="isOwn">Says of a path and query whether this service signed it for reading.</param>
    /// <param name="address">What it is.</param>
    /// <param name="mistake">What is wrong with it.</param>
    public static bool TryRead(string? url, string? checksum, Func<string, bool> isOwn, [NotNullWhen(true)] out SourceAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        (address, mistake) = (null, null);
        Digest? promised = null;
        if (url is null || !RemoteUrl.TryParse(url, out var remote))
            mistake = $"SLUG6161: '{(url is null || url.Length > 200 ? "" : url.Split('?')[0])}' is not the address of a source; expected https://HOST/FILE.tgz in 'source_blob.url', or the 'get_url' of POST /sources";
        else if (checksum is not null && (promised = DigestOf(checksum)) is null)
            mistake = $"SLUG6162: '{checksum[..Math.Min(checksum.Length, 100)]}' is not a checksum; expected 'SHA256:' and 64 hex digits, or none";
        else if (ShelfId(remote.Target) is { } id && !isOwn(remote.Target.PathAndQuery))
            mistake = $"SLUG6163: the address of the source '{id}' was changed, or has expired; POST /sources gives another";
        else
            address = new() { Url = remote, Checksum = promised, OnShelf = ShelfId(remote.Target) };
        return address is not null;
    }

    /// <summary>A checksum as the Platform API writes it; null for what is none.</summary>
    public static Digest? DigestOf(string checksum) =>
        checksum.StartsWith("SHA256:", StringComparison.OrdinalIgnoreCase) && Digest.TryParse(checksum.ToLowerInvariant(), null, out var digest) ? digest : null;

    // What has both is no address of any other machine.
    private static Guid? ShelfId(Uri url) =>
        url.AbsolutePath.StartsWith(OwnPath, StringComparison.Ordinal) && url.Query.Contains("&signature=", StringComparison.Ordinal)
        && Guid.TryParse(url.AbsolutePath.AsSpan(OwnPath.Length), CultureInfo.InvariantCulture, out var id) ? id : null;
}
