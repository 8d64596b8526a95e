namespace Slug.Hosting;

/// <summary>What a sweep took of one kind, and the bytes of disk that it freed.</summary>
internal sealed record Swept(string Kind, int Count, long Bytes);
