using Slug.Content;
using Slug.Content.Oci;

namespace Slug.Commands.Images;

/// <summary>Copies an image between two registries: blobs first, several at a time, the manifest last. Before that, the tag is what it was.</summary>
internal sealed class ImagePush(RemoteRepository from, RemoteRepository to, string? mountFrom, Action<string> tell, TimeSpan retryDelay)
{
    private const int AtATime = 3;

    /// <returns>The image's digest, and how many bytes were sent.</returns>
    /// <exception cref="CommandException">One of the two refuses, or stays away.</exception>
    public async Task<PushedImage> RunAsync(string source, string tag, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await from.ManifestAsync(source, cancellationToken);
            var manifest = OciJson.ReadManifest(bytes);
            var blobs = manifest.Layers.Append(manifest.Config).DistinctBy(blob => blob.Digest).ToList();
            var progress = new PushProgress(tell, blobs, TimeProvider.System);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                blobs, parallel, async (blob, token) => await new BlobUpload(from, to, blob, mountFrom, progress, retryDelay).RunAsync(token));
            await to.PutManifestAsync(tag, bytes, cancellationToken);
            return new(Digest.Of(bytes), progress.Sent, blobs.Sum(blob => blob.Size));
        }
        catch (HttpRequestException exception)
        {
            throw CommandException.Failure(
                $"SLUG4129: a registry does not answer ({exception.GetBaseException().Message}); look at its address and that it runs; one without TLS needs --plain-http", exception);
        }
    }
}

/// <summary>An image that is in place. Sizes in bytes.</summary>
internal sealed record PushedImage(Digest Digest, long Sent, long Size);
