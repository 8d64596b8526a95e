using System.Globalization;
using System.Net;
using Slug.Content.Wire;
using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The engine's containers.</summary>
internal sealed class EngineContainers(EngineConnection connection)
{
    /// <summary>Makes a container that does not run yet.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(string name, ContainerSpec spec, CancellationToken cancellationToken)
    {
        var call = EngineCall.Post("/containers/create" + EngineQuery.Of(("name", name))) with
        {
            Body = () => JsonContent.Create(spec, EngineJson.Default.ContainerSpec),
        };
        return (await connection.ReadAsync(call, EngineJson.Default.CreatedObject, cancellationToken)).Id;
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        connection.DoAsync(EngineCall.Post($"/containers/{id}/start") with { Repeatable = true }, cancellationToken);

    /// <summary>SIGTERM, then SIGKILL after the grace period. True also where it had ended before; false where there is none.</summary>
    public Task<bool> StopAsync(string id, TimeSpan grace, CancellationToken cancellationToken)
    {
        var seconds = ((int)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var call = EngineCall.Post($"/containers/{id}/stop" + EngineQuery.Of(("t", seconds))) with { Unlimited = true };
        return connection.DoAsync(call, cancellationToken, HttpStatusCode.NotFound);
    }

    /// <summary>Sends a signal. False where the container is gone or does not run.</summary>
    public Task<bool> KillAsync(string id, string signal, CancellationToken cancellationToken) =>
        connection.DoAsync(
            EngineCall.Post($"/containers/{id}/kill" + EngineQuery.Of(("signal", signal))),
            cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Conflict);

    /// <summary>Waits until the container runs no more and gives its exit code.</summary>
    public async Task<long> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var call = EngineCall.Post($"/containers/{id}/wait?condition=not-running") with { Unlimited = true };
        return (await connection.ReadAsync(call, EngineJson.Default.WaitAnswer, cancellationToken)).StatusCode;
    }

    /// <summary>Null where there is no such container.</summary>
    public Task<ContainerDetails?> FindAsync(string id, CancellationToken cancellationToken) =>
        connection.FindAsync(EngineCall.Get($"/containers/{id}/json"), EngineJson.Default.ContainerDetails, cancellationToken);

    /// <summary>Containers with all of these labels, running or not.</summary>
    public Task<ContainerSummary[]> ListAsync(IEnumerable<string> labels, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            EngineCall.Get("/containers/json" + EngineQuery.Of(("all", "true"), EngineQuery.Labelled(labels))),
            EngineJson.Default.ContainerSummaryArray, cancellationToken);

    /// <summary>Ends and removes the container and its volumes. False where there is none, or its removal is under way.</summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        connection.DoAsync(
            EngineCall.Delete($"/containers/{id}?force=true&v=true"),
            cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Conflict);

    /// <summary>Removes every container with all of these labels.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAllAsync(IEnumerable<string> labels, CancellationToken cancellationToken)
    {
        var containers = await ListAsync(labels, cancellationToken);
        foreach (var container in containers)
            await RemoveAsync(container.Id, cancellationToken);
        return containers.Length;
    }

    /// <summary>Joins the container's streams; before its start, so that nothing is missed.</summary>
    public Task<AttachedStreams> AttachAsync(string id, bool terminal, CancellationToken cancellationToken) =>
        AttachedStreams.OpenAsync(connection, id, terminal, cancellationToken);

    /// <summary>What the container wrote, and with <paramref name="follow"/> what it goes on to write. Read it with <see cref="MultiplexedStream"/>.</summary>
    public async Task<Stream> LogsAsync(string id, bool follow, CancellationToken cancellationToken)
    {
        var query = EngineQuery.Of(("stdout", "true"), ("stderr", "true"), ("follow", follow ? "true" : "false"));
        var response = await connection.SendAsync(EngineCall.Get($"/containers/{id}/logs" + query), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Unpacks a tar into a folder of the container. Only plain tars of our own making, into containers that were never started:
    /// engines before 29.5.1 unpack compressed ones with the container's programs (CVE-2026-41567).</summary>
    public Task PutArchiveAsync(
        string id, string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var call = new EngineCall(HttpMethod.Put, $"/containers/{id}/archive" + EngineQuery.Of(("path", path)))
        {
            Body = () => new StreamedContent("application/x-tar", write),
            Unlimited = true,
        };
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>A file or folder of the container, as a tar; null where there is none of that path.</summary>
    public async Task<Stream?> OpenArchiveAsync(string id, string path, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(EngineCall.Get($"/containers/{id}/archive" + EngineQuery.Of(("path", path))), cancellationToken, HttpStatusCode.NotFound);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public Task ResizeAsync(string id, int columns, int rows, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?w={columns}&h={rows}");
        return connection.DoAsync(EngineCall.Post($"/containers/{id}/resize" + query), cancellationToken);
    }
}
