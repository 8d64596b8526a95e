using System.Buffers;
using System.IO.Pipelines;

namespace Slug.Pushes;

/// <summary>receive-pack's report on a push (gitprotocol-pack, "Report Status"), held back until what it says is on disk.</summary>
internal sealed class PushReport(IReadOnlyList<PktLine> lines, bool banded, bool complete)
{
    // What fits into side-band as well as into side-band-64k, and in an old client's buffer.
    private const int LongestBand = 995;

    /// <summary>git wrote its report to the end.</summary>
    public bool IsComplete => complete;

    public bool Confirms(RefName name) => lines.Any(line => line.ToString().TrimEnd('\n') == $"ok {name}");

    /// <summary>The same report, in which the named refs are told to stand as asked.</summary>
    public PushReport Confirming(IReadOnlySet<RefName> names) => new([.. lines.Select(line => Confirming(line, names))], banded, complete);

    public void WriteTo(IBufferWriter<byte> writer)
    {
        if (banded)
            WriteBanded(writer);
        else
            WriteLines(writer);
    }

    /// <summary>Reads the held packets: the report itself, or the pieces of it that side-band 1 brought.</summary>
    public static async Task<PushReport> ReadAsync(IReadOnlyList<PktLine> held, CancellationToken cancellationToken)
    {
        var banded = held.Any(line => line.Payload.Span is [SideBand.Data, ..]);
        var complete = held is [.., { Kind: PktKind.Flush }];
        if (!banded)
            return new(held, banded, complete);
        var pieces = new MemoryStream();
        foreach (var line in held.Where(line => line.Payload.Length > 1))
            pieces.Write(line.Payload.Span[1..]);
        pieces.Position = 0;
        var reader = new PktLineReader(PipeReader.Create(pieces));
        var lines = new List<PktLine>();
        while (await reader.ReadAsync(cancellationToken) is { } line)
            lines.Add(line);
        return new(lines, banded, complete);
    }

    private static PktLine Confirming(PktLine line, IReadOnlySet<RefName> names) =>
        line.ToString().Split(' ', 3) is ["ng", var name, _] && RefName.TryParse(name, null, out var reference) && names.Contains(reference)
            ? PktLine.Text($"ok {name}\n")
            : line;

    private void WriteLines(IBufferWriter<byte> writer)
    {
        foreach (var line in lines)
            line.WriteTo(writer);
    }

    private void WriteBanded(IBufferWriter<byte> writer)
    {
        var report = new ArrayBufferWriter<byte>();
        WriteLines(report);
        for (var rest = report.WrittenMemory; rest.Length > 0; rest = rest[Math.Min(rest.Length, LongestBand)..])
            PktLine.Data((byte[])[SideBand.Data, .. rest.Span[..Math.Min(rest.Length, LongestBand)]]).WriteTo(writer);
        if (complete)
            PktLine.Flush.WriteTo(writer);
    }
}
