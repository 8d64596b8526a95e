using System.Buffers;
using System.Globalization;
using System.Text;

namespace Slug.Pushes;

/// <summary>One unit of git's wire format: four hex digits that count themselves and the payload behind them.</summary>
internal readonly record struct PktLine(PktKind Kind, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderLength = 4;

    /// <summary>git's LARGE_PACKET_MAX, header included.</summary>
    public const int Longest = 65520;

    public static PktLine Flush { get; } = new(PktKind.Flush, default);

    public static PktLine Data(ReadOnlyMemory<byte> payload) => new(PktKind.Data, payload);

    public static PktLine Text(string text) => Data(Encoding.UTF8.GetBytes(text));

    /// <summary>The kind and whole length that a header stands for; false where it is no header.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out PktKind kind, out int length)
    {
        var valid = int.TryParse(header, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out length)
            && length is not 3 and <= Longest;
        kind = length < HeaderLength ? (PktKind)length : PktKind.Data;
        return valid;
    }

    public void WriteTo(IBufferWriter<byte> writer)
    {
        var length = Kind is PktKind.Data ? HeaderLength + Payload.Length : (int)Kind;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        length.TryFormat(writer.GetSpan(HeaderLength), out var written, "x4", CultureInfo.InvariantCulture);
        writer.Advance(written);
        writer.Write(Payload.Span);
    }

    public override string ToString() => Kind is PktKind.Data ? Encoding.UTF8.GetString(Payload.Span) : Kind.ToString();
}

/// <summary>Bytes that are no pkt-lines where pkt-lines were expected.</summary>
internal sealed class InvalidPktLineException(string message) : IOException(message);
