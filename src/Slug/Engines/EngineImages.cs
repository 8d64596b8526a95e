using System.Net;
using System.Text.Json;
using Slug.Content.Wire;
using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The engine's images.</summary>
internal sealed class EngineImages(EngineConnection connection)
{
    /// <summary>Images that carry all of these labels, each <c>name</c> or <c>name=value</c>.</summary>
    public Task<ImageSummary[]> ListAsync(IEnumerable<string> labels, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            EngineCall.Get("/images/json" + EngineQuery.Of(EngineQuery.Labelled(labels))),
            EngineJson.Default.ImageSummaryArray, cancellationToken);

    /// <summary>Null where there is no such image.</summary>
    public Task<ImageDetails?> FindAsync(string image, CancellationToken cancellationToken) =>
        connection.FindAsync(EngineCall.Get($"/images/{image}/json"), EngineJson.Default.ImageDetails, cancellationToken);

    /// <summary>Loads a docker-archive; the callback writes the tar.</summary>
    /// <returns>What the engine says is wrong with it; null when it was taken.</returns>
    public async Task<string?> LoadAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var call = EngineCall.Post("/images/load?quiet=1") with { Body = () => new StreamedContent("application/x-tar", write), Unlimited = true };
        using var response = await connection.SendAsync(call, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var messages = JsonSerializer.DeserializeAsyncEnumerable(body, EngineJson.Default.LoadMessage, topLevelValues: true, cancellationToken);
        await foreach (var message in messages)
            if (message?.Error is { } error)
                return error;
        return null;
    }

    /// <summary>An image as a tar, its layers in it as they are unpacked: a docker-archive.</summary>
    public async Task<Stream> SaveAsync(string image, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(EngineCall.Get($"/images/{image}/get") with { Unlimited = true }, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Makes an image of a container's file system. Mounts are not part of it.</summary>
    public Task CommitAsync(string container, string repository, string tag, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var changes = labels.Select(label => ("changes", $"LABEL {label.Key}=\"{label.Value}\""));
        var call = EngineCall.Post("/commit" + EngineQuery.Of([("container", container), ("repo", repository), ("tag", tag), ("pause", "false"), .. changes]));
        return connection.DoAsync(call with { Unlimited = true }, cancellationToken);
    }

    public Task TagAsync(string image, string repository, string tag, CancellationToken cancellationToken) =>
        connection.DoAsync(
            EngineCall.Post($"/images/{image}/tag" + EngineQuery.Of(("repo", repository), ("tag", tag))), cancellationToken);

    /// <summary>Removes a tag, or an image by its id. False where it is unknown or in use.</summary>
    public Task<bool> RemoveAsync(string image, CancellationToken cancellationToken) =>
        connection.DoAsync(
            EngineCall.Delete($"/images/{image}"), cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Conflict);

    /// <summary>Removes every image with all of these labels, as far as none is in use.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAllAsync(IEnumerable<string> labels, CancellationToken cancellationToken)
    {
        var images = await ListAsync(labels, cancellationToken);
        foreach (var image in images)
            await RemoveAsync(image.Name, cancellationToken);
        return images.Length;
    }
}
