using System.Collections.Concurrent;
using Slug.Apps;
using Slug.Builds;
using Slug.Content.Blobs;
using Slug.Droplets;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Sources;
using Slug.Sources.Archives;

namespace Slug.Hosting;

/// <summary>Takes in the archives of slugs: kept, looked through, and built at once, so that who has sent one knows what became of it.</summary>
internal sealed class SlugUploads(
    UploadedSlugs slugs, LargeFileStore files, Repositories repositories, Uploads uploads, BuildStore builds, PushOptions pushes, SourceOptions sources, IHostApplicationLifetime lifetime)
{
    // What stands beside the archive in its source.
    private const int Room = 1 << 20;

    private readonly ConcurrentDictionary<Guid, byte> underWay = new();

    /// <summary>The most that an archive may have, in bytes.</summary>
    public long Limit => Math.Min(pushes.Limit, sources.Bytes - Room);

    /// <summary>Who sends it and hangs up ends neither the build nor what comes of it.</summary>
    public async Task<SlugUpload> ReceiveAsync(App app, Guid id, Stream body, CancellationToken cancellationToken)
    {
        if (!underWay.TryAdd(id, 0))
            return new SlugUpload.Refused(SlugFault.Taken, $"SLUG6130: the slug '{id}' is being uploaded already; wait for that, or create another with POST /apps/{app.Name}/slugs");
        try
        {
            if (await slugs.FindAsync(app, id, cancellationToken) is not { } slug)
                return Gone(id);
            return slug.Droplet is null
                ? await ReceiveAsync(app, slug, body, cancellationToken)
                : new SlugUpload.Refused(SlugFault.Taken, $"SLUG6130: the slug '{id}' was uploaded already, and is never changed; create another with POST /apps/{app.Name}/slugs");
        }
        finally
        {
            underWay.TryRemove(id, out _);
        }
    }

    private async Task<SlugUpload> ReceiveAsync(App app, UploadedSlug slug, Stream body, CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            files.Remove(slug.Id);
            var stored = await files.Of(slug.Id).WriteAsync((file, stopped) => new CappedStream(body, Limit).CopyToAsync(file, stopped), cancellationToken);
            if (await MistakeInAsync(slug, stored, cancellationToken) is { } mistake)
                return new SlugUpload.Refused(SlugFault.Invalid, mistake);
            var archive = new LargeFilePointer(stored.Digest, stored.Size);
            var push = await uploads.ReceiveAsync(repositories.Of(app), slug.By, new SlugContent(slug.Id, archive, slug.Processes), cancellationToken);
            if (!await slugs.BeginAsync(slug, archive, push.Id, cancellationToken))
                return Gone(slug.Id);
            var result = await BuildAsync(push, slug);
            isTaken = result is SlugUpload.Taken;
            return result;
        }
        catch (InvalidDataException)
        {
            return TooLarge();
        }
        finally
        {
            if (!isTaken)
                files.Remove(slug.Id);
        }
    }

    /// <summary>What is said of an archive that is too large before anything of it was read.</summary>
    public SlugUpload.Refused TooLarge() =>
        new(SlugFault.TooLarge, $"SLUG6131: the archive is larger than {Limit} bytes; leave out what the app does not need to run, or ask the operator for a larger --push-limit");

    private static SlugUpload.Refused Gone(Guid id) => new(SlugFault.Gone, $"SLUG6137: the slug '{id}' is gone, or its app; create another with POST /apps/APP/slugs");

    private async Task<string?> MistakeInAsync(UploadedSlug slug, BlobDescriptor stored, CancellationToken cancellationToken)
    {
        if (slug.Checksum is { } promised && stored.Digest != promised)
            return $"SLUG6136: the archive has the checksum 'SHA256:{stored.Digest.Hex}', not 'SHA256:{promised.Hex}' as was promised; see that it is the right file and whole, then send it again";
        await using var archive = files.Open(slug.Id, stored.Digest)!;
        return await SlugArchive.MistakeInAsync(archive, cancellationToken);
    }

    private async Task<SlugUpload> BuildAsync(Push push, UploadedSlug slug)
    {
        string? said = null;
        await foreach (var reply in uploads.BuildAsync(push, lifetime.ApplicationStopping))
        {
            if (reply is PushReply.Line(var text) && text.StartsWith(" !     SLUG", StringComparison.Ordinal))
                said ??= text[7..];
            else if (reply is PushReply.Accepted)
                return new SlugUpload.Taken();
        }

        if (await slugs.FindAsync(push.App, slug.Id, CancellationToken.None) is null)
            return Gone(slug.Id);
        // What has a phase failed in it for what is in the archive.
        return await builds.FindAsync(push.Id, CancellationToken.None) is { Phase.Length: > 0, Message: { } message }
            ? new SlugUpload.Refused(SlugFault.Invalid, message)
            : new SlugUpload.Refused(SlugFault.Ours, said ?? "SLUG6138: the slug was not taken, by no fault of its own; send it again, and ask the operator where that does not help");
    }
}

/// <summary>What came of an archive that was sent.</summary>
internal abstract record SlugUpload
{
    private SlugUpload()
    {
    }

    /// <summary>It is a droplet, and can be released.</summary>
    internal sealed record Taken : SlugUpload;

    /// <summary>It is none, and nothing of it is kept.</summary>
    internal sealed record Refused(SlugFault Fault, string Message) : SlugUpload;
}

/// <summary>Why an archive is not taken.</summary>
internal enum SlugFault
{
    /// <summary>The slug is not there any more.</summary>
    Gone,

    /// <summary>The slug has an archive.</summary>
    Taken,

    TooLarge,

    /// <summary>What is in it.</summary>
    Invalid,

    /// <summary>The service's, the engine's, or somebody cancelled it: it may be sent again.</summary>
    Ours,
}
