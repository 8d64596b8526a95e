namespace Slug.Pushes;

/// <summary>What a pkt-line is: data, or one of the marks that stand between data (gitprotocol-common, "pkt-line Format").</summary>
internal enum PktKind
{
    Flush = 0,
    Delimiter = 1,
    ResponseEnd = 2,
    Data = 4,
}
