using Slug.Pushes;

namespace Slug.Webhooks.Incoming;

/// <summary>What a hook makes of a notice: a commit to build, or a reason why not.</summary>
internal abstract record Judgement
{
    private Judgement()
    {
    }

    internal sealed record Wanted(string Branch, ObjectId Commit, string Url) : Judgement;

    /// <summary>Nothing is wrong with it; nothing is built.</summary>
    internal sealed record Unwanted(string Reason) : Judgement;

    public static Judgement Of(Hook hook, Notice notice) => notice switch
    {
        Notice.Ping => new Unwanted("a ping: signed as it has to be, nothing to build"),
        Notice.Other(var told) => new Unwanted($"SLUG6206: the event '{Readable.Text(told)}' builds nothing; pushes do: send this hook no others"),
        Notice.Pushed pushed => Of(hook, pushed),
        _ => throw new InvalidOperationException("a notice is one of three"),
    };

    private static Judgement Of(Hook hook, Notice.Pushed pushed)
    {
        if (hook.UrlOf(pushed.Url) is not { } url)
            return new Unwanted($"SLUG6209: '{Readable.Text(pushed.Url!)}' is none of this hook's repositories; make another hook with --url, or correct the sender");
        if (pushed.Changes.FirstOrDefault(change => change.Branch == hook.Branch) is not { } change)
            return new Unwanted($"SLUG6207: {Described(pushed.Changes)}; this hook builds the branch '{hook.Branch}' alone");
        if (change.Commit is not { } commit)
            return new Unwanted($"SLUG6208: the branch '{hook.Branch}' was deleted; what was released stays");
        return ObjectId.TryParse(commit, null, out var id)
            ? new Wanted(hook.Branch, id, url)
            : new Unwanted($"SLUG6210: '{Readable.Text(commit)}' is no commit that Slug can hold; expected 40 hex digits");
    }

    private static string Described(IReadOnlyList<RefChange> changes) => changes switch
    {
        [] => "no ref was changed",
        [var first, ..] when first.Branch is { } branch => $"the push is of the branch '{Readable.Text(branch)}'",
        [var first, ..] => $"the push is of '{Readable.Text(first.Ref)}', no branch",
    };
}
