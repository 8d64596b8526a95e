namespace Slug.Content.Tests.Tar;

/// <summary>Does something once, when the first bytes arrive.</summary>
internal sealed class ReactingStream(Action react) : MemoryStream
{
    private bool reacted;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!reacted)
            react();
        reacted = true;
        return ValueTask.CompletedTask;
    }
}
