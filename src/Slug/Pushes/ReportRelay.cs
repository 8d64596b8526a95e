using System.IO.Pipelines;

namespace Slug.Pushes;

/// <summary>Passes receive-pack's output on as it comes, but for the report, which it holds back.</summary>
internal sealed class ReportRelay(PipeWriter pusher)
{
    // A report tells at most 64 refs; one for the 100,000 refs of a refused push takes 8 MB.
    private const int LongestReport = 32 << 20;

    private readonly List<PktLine> held = [];
    private long heldBytes;

    /// <summary>Reads to the end of the output, whether or not the pusher still listens.</summary>
    /// <exception cref="InvalidPktLineException">The output is none of git's, or it broke off.</exception>
    public async Task<PushReport> RunAsync(Stream output, CancellationToken cancellationToken)
    {
        var reader = new PktLineReader(PipeReader.Create(output, new(bufferSize: 65536, leaveOpen: true)));
        while (await reader.ReadAsync(cancellationToken) is { } line)
        {
            if (IsProgress(line))
                await PassOnAsync(line);
            else
                Hold(line);
        }
        return await PushReport.ReadAsync(held, cancellationToken);
    }

    /// <summary>Words for the pusher, and the empty packet of band 1 that git sends to keep the connection awake.</summary>
    private static bool IsProgress(PktLine line) => line.Payload.Span is [SideBand.Progress or SideBand.Error, ..] or [SideBand.Data];

    private async ValueTask PassOnAsync(PktLine line)
    {
        line.WriteTo(pusher);
        // No token: to a pusher who hung up, Kestrel writes nothing and says nothing, and git must be read on.
        await pusher.FlushAsync(CancellationToken.None);
    }

    private void Hold(PktLine line)
    {
        held.Add(line);
        heldBytes += PktLine.HeaderLength + line.Payload.Length;
        if (heldBytes > LongestReport)
            throw new InvalidPktLineException($"git's report is longer than {LongestReport} bytes");
    }
}
