using System.IO.Pipelines;
using System.Text;

namespace Slug.Pushes;

/// <summary>What the pre-receive hook reads: lines to relay, then a line that starts with the byte 1 and holds the verdict.</summary>
internal sealed class HookReply(PipeWriter hook)
{
    private const char VerdictMark = '\u0001';

    public async ValueTask WriteAsync(PushReply reply, CancellationToken cancellationToken)
    {
        var line = reply switch
        {
            PushReply.Line(var text) => Single(text),
            PushReply.Accepted => $"{VerdictMark}accepted",
            _ => $"{VerdictMark}rejected",
        };
        Encoding.UTF8.GetBytes(line + "\n", hook);
        await hook.FlushAsync(cancellationToken);
    }

    // A line of a build must not end early, nor pass for the verdict.
    private static string Single(string text) => text.Replace('\n', ' ').Replace(VerdictMark, ' ');
}
