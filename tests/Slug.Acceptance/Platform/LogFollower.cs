using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Acceptance.Platform;

/// <summary>Follows a build's log, hangs up wherever it was told to, and goes on from there, by ranges of text or by the ids of events.</summary>
/// <param name="http">Of all followers.</param>
/// <param name="url">The log's.</param>
/// <param name="hangUps">After how many bytes of the log it hangs up, in order.</param>
/// <param name="byEvents">Reads events, not text.</param>
internal sealed class LogFollower(HttpClient http, string url, Queue<int> hangUps, bool byEvents) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long position;

    /// <summary>The first bytes of the log are here.</summary>
    public Task Begun => begun.Task;

    /// <summary>How often it was cut off.</summary>
    public int Interruptions { get; private set; }

    /// <summary>Reads to the log's end. Gives the sha256 of all that it read.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        while (!await ReadOnAsync(cancellationToken))
            Interruptions++;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    // True at the log's end.
    private async Task<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (byEvents)
            request.Headers.Add("Accept", "text/event-stream");
        if (position > 0)
            request.Headers.TryAddWithoutValidation(byEvents ? "Last-Event-ID" : "Range", byEvents ? $"{position}" : $"bytes={position}-");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return byEvents ? await ReadEventsAsync(body, cancellationToken) : await ReadTextAsync(body, cancellationToken);
    }

    private async Task<bool> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            Take(buffer.Where((octet, at) => at < read && octet != 0).ToArray());
            if (HangsUp())
                return false;
        }

        return true;
    }

    private async Task<bool> ReadEventsAsync(Stream body, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(body);
        var (data, id, kind) = (new List<string>(), 0L, "message");
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                data.Add(line["data: ".Length..]);
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line.AsSpan("id: ".Length), CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line["event: ".Length..];
            else if (line.Length == 0 && data.Count > 0)
            {
                if (kind == "end")
                    return true;
                Take(Encoding.UTF8.GetBytes(string.Join('\n', data)));
                Assert.That(position, Is.EqualTo(id), "an id is where the log goes on");
                data.Clear();
                if (HangsUp())
                    return false;
            }
        }

        return false;
    }

    private void Take(byte[] text)
    {
        hash.AppendData(text);
        position += text.Length;
        begun.TrySetResult();
    }

    private bool HangsUp()
    {
        var passed = false;
        while (hangUps.TryPeek(out var next) && next <= position)
            passed = hangUps.TryDequeue(out _);
        return passed;
    }
}
