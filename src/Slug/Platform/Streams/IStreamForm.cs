using System.Buffers;

namespace Slug.Platform.Streams;

/// <summary>How a log is written to who follows it.</summary>
internal interface IStreamForm
{
    string ContentType { get; }

    /// <summary>A piece of whole lines, or the rest of one and what follows.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="piece">The text, in UTF-8.</param>
    /// <param name="position">Where the text goes on after it.</param>
    void WritePiece(IBufferWriter<byte> body, ReadOnlySpan<byte> piece, long position);

    /// <summary>Nothing happens: a sign of life, no part of the log.</summary>
    void WriteAlive(IBufferWriter<byte> body);

    /// <summary>Nothing more will come.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="position">The text's length.</param>
    /// <param name="status">How the build ended.</param>
    void WriteEnd(IBufferWriter<byte> body, long position, string status);
}
