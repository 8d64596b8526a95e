using Slug.Content;

namespace Slug;

/// <summary>
/// What the operator is told, by every stage. It is one class: the generator of these methods writes several classes
/// in an order that changes from compilation to compilation, and Slug compiles to the same bytes each time.
/// </summary>
internal static partial class OperatorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Push {Push} ended without a report; git said: {Said}")]
    public static partial void PushWithoutReport(this ILogger log, Exception exception, Guid push, string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "Push {Push} could not be answered")]
    public static partial void PushNotAnswered(this ILogger log, Exception exception, Guid push);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hook of push {Push} ended before it was answered")]
    public static partial void HookGone(this ILogger log, Guid push);

    [LoggerMessage(Level = LogLevel.Information, Message = "git said at a fetch: {Said}")]
    public static partial void FetchComplaint(this ILogger log, string said);

    [LoggerMessage(Level = LogLevel.Warning, Message = "git {Command} of {Repository} failed: {Said}")]
    public static partial void UpkeepFailed(this ILogger log, string command, string repository, string said);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Leftover}, left behind by a program that was killed or an app that is gone")]
    public static partial void LeftoverRemoved(this ILogger log, string leftover);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deploy {Deploy} failed by our own fault")]
    public static partial void DeployFailed(this ILogger log, Guid deploy, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Builds} builds were under way when the service ended; they are marked failed")]
    public static partial void BuildsInterrupted(this ILogger log, int builds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Containers} build containers of an earlier run were removed")]
    public static partial void ContainersSwept(this ILogger log, int containers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Digest} was not compressed, or what is in it not listed; it stays as it is for now")]
    public static partial void LeftForLater(this ILogger log, Digest digest, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void NetworkUnfiltered(this ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No container could be started ahead of a build")]
    public static partial void NoWarmContainer(this ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Build container {Container} was not removed; the next start does it")]
    public static partial void ContainerNotRemoved(this ILogger log, string container, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing was kept of the failed build {Build}")]
    public static partial void CapsuleNotKept(this ILogger log, Guid build, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Capsules of failed builds were not swept: the engine does not answer")]
    public static partial void CapsulesNotSwept(this ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} failed by our own fault")]
    public static partial void DeliveryFailed(this ILogger log, Guid delivery, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{App}, webhook {Hook}: {Reason}")]
    public static partial void StatusNotTold(this ILogger log, Apps.AppName app, string hook, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Count} {Kind}, {Bytes} bytes")]
    public static partial void Swept(this ILogger log, int count, string kind, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed; tried again in an hour")]
    public static partial void SweepFailed(this ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows with config vars of an older version were sealed")]
    public static partial void ConfigVarsSealed(this ILogger log, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "SLUG4481: the blob '{Blob}' is gone or not what it was; no droplet that has it is given out. 'slug fsck' says whose it is and how to make it again; look at the disk")]
    public static partial void BlobDamaged(this ILogger log, Digest blob);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What refers to droplet {Droplet} could not be made; what is there is listed")]
    public static partial void NotAttested(this ILogger log, Digest droplet, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "SLUG7480: '{Url}' is not what its registry promises; it was neither kept nor given to the build")]
    public static partial void DownloadBroken(this ILogger log, Uri url);

    [LoggerMessage(Level = LogLevel.Warning, Message = "SLUG7481: '{Url}' could not be fetched ({Reason}); the build was sent there itself")]
    public static partial void NotDownloaded(this ILogger log, Uri url, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "SLUG7482: the kept archive of '{Url}' is damaged; it was dropped and is fetched again; look at the disk when it happens twice")]
    public static partial void DownloadDamaged(this ILogger log, Uri url);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} of a webhook failed by our own fault; tried again in a minute")]
    public static partial void WebhookFailed(this ILogger log, Guid delivery, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "SLUG6304: the page '{Path}' could not be made whole; this is a mistake in Slug, or the machine is broken")]
    public static partial void PageFailed(this ILogger log, string path, Exception exception);
}
