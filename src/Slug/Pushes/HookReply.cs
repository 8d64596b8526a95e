using System.IO.Pipelines;
using System.Text;

namespace Slug.Pushes;

/// <summary>What the pre-receive hook and uploaders read: lines to relay, then a line that starts with the byte 1 and holds the verdict.</summary>
internal sealed class HookReply(PipeWriter hook)
{
    private const char VerdictMark = '\u0001';
    private const string Accepted = "\u0001accepted";
    private const string Rejected = "\u0001rejected";

    /// <summary>Whether a line says that the push is good; null where it is no verdict.</summary>
    public static bool? VerdictIn(string line) => line switch
    {
        Accepted => true,
        Rejected => false,
        _ => null,
    };

    public async ValueTask WriteAsync(PushReply reply, CancellationToken cancellationToken)
    {
        var line = reply switch
        {
            PushReply.Line(var text) => Single(text),
            PushReply.Accepted => Accepted,
            _ => Rejected,
        };
        Encoding.UTF8.GetBytes(line + "\n", hook);
        await hook.FlushAsync(cancellationToken);
    }

    // A line of a build must not end early, nor pass for the verdict.
    private static string Single(string text) => text.Replace('\n', ' ').Replace(VerdictMark, ' ');
}
