namespace Slug.Pushes;

/// <summary>What the pusher is told: lines while it happens, then one verdict, after which nothing follows.</summary>
internal abstract record PushReply
{
    private PushReply()
    {
    }

    /// <summary>One line of text without its end.</summary>
    internal sealed record Line(string Text) : PushReply;

    /// <summary>The push is good: git moves the refs.</summary>
    internal sealed record Accepted : PushReply;

    /// <summary>The push is refused: nothing changes. The lines before said why.</summary>
    internal sealed record Rejected : PushReply;
}
