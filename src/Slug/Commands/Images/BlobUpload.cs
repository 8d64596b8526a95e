using Polly;
using Polly.Retry;
using Slug.Content.Oci;

namespace Slug.Commands.Images;

/// <summary>One blob's way from the service to another registry. What breaks off goes on where it was; after the last attempt nothing half is there, as a blob counts once its digest was compared.</summary>
internal sealed class BlobUpload(RemoteRepository from, RemoteRepository to, Descriptor blob, string? mountFrom, PushProgress progress, TimeSpan retryDelay)
{
    private const int Retries = 5;

    private Uri? location;
    private BlobOutcome? outcome;

    /// <exception cref="CommandException">The registry refuses, or stays away.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>(),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = retryDelay,
        }).Build();
        try
        {
            await retry.ExecuteAsync(async token => await AttemptAsync(token), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw CommandException.Failure(
                $"SLUG4125: the blob '{blob.Digest}' did not get through in {Retries + 1} attempts ({exception.GetBaseException().Message}); what is complete stays: when both services answer, repeat the command and it sends the rest", exception);
        }

        progress.Done(blob, outcome!.Value);
    }

    private async Task AttemptAsync(CancellationToken cancellationToken)
    {
        var sent = 0L;
        if (location is not null)
        {
            if (await to.ReceivedAsync(location, cancellationToken) is { } received)
                sent = received;
            else
                location = null;
        }

        if (location is null && await BeginAsync(cancellationToken))
            return;
        progress.At(blob, sent);
        if (sent < blob.Size)
            location = await to.AppendAsync(location!, async () => new CountedStream(await from.OpenBlobAsync(blob.Digest, sent, cancellationToken), count => progress.Add(blob, count)), sent, blob.Size, cancellationToken);
        await to.FinishAsync(location!, blob.Digest, cancellationToken);
        outcome = BlobOutcome.Sent;
    }

    // True where there is nothing to send.
    private async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        if (await to.HasBlobAsync(blob.Digest, cancellationToken))
        {
            outcome ??= BlobOutcome.There;
            return true;
        }

        location = await to.BeginAsync(blob.Digest, mountFrom, cancellationToken);
        outcome = location is null ? BlobOutcome.Mounted : BlobOutcome.Sent;
        return location is null;
    }
}

/// <summary>How a blob came to be in the registry.</summary>
internal enum BlobOutcome
{
    /// <summary>It was there.</summary>
    There,

    /// <summary>The registry took it from another of its repositories.</summary>
    Mounted,

    /// <summary>It was sent.</summary>
    Sent,
}
