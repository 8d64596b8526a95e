using System.Runtime.CompilerServices;

namespace Slug.Pushes;

/// <summary>What is said to a push: the rules, its turn, whether its refs still stand, then the build's own words.</summary>
internal sealed class PushDialogue(PushTurns turns, AnswerPush answer, JoinPush join, PushOptions options, TimeProvider time)
{
    public IAsyncEnumerable<PushReply> AnswerAsync(PushSession session, HookRequest request, CancellationToken cancellationToken) =>
        PushPlan.Of(request.Commands, session.App.Name, options) switch
        {
            PushPlan.Allowed when PushWishes.MistakeIn(request.Options) is { } mistake => Refuse(mistake).ToAsyncEnumerable(),
            PushPlan.Allowed plan => InTurnAsync(session, request, plan, cancellationToken),
            PushPlan.Refused(var message) => Refuse(message).ToAsyncEnumerable(),
            _ => throw new InvalidOperationException("a plan is allowed or refused"),
        };

    /// <summary>A message and the verdict that goes with it.</summary>
    public static PushReply[] Refuse(string message) => [new PushReply.Line($" !     {message}"), new PushReply.Rejected()];

    private async IAsyncEnumerable<PushReply> InTurnAsync(
        PushSession session, HookRequest request, PushPlan.Allowed plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        session.Turn = turns.Enter(session.App.Id);
        var joined = plan.Deploy is { } same ? join(PushOf(session, request, same), cancellationToken) : null;
        await foreach (var reply in FollowAsync(joined, cancellationToken))
        {
            yield return reply;
            if (reply is PushReply.Rejected)
                yield break;
        }

        // The push that was joined is ahead until git has moved the branch: no wait to speak of.
        await foreach (var ahead in session.Turn.AheadAsync(cancellationToken).Where(ahead => joined is null || ahead > 1))
            yield return new PushReply.Line($"-----> Waiting for {(ahead == 1 ? "another push" : $"{ahead} other pushes")} to '{session.App.Name}'");

        var standings = new RefStandings(session.Repository, options);
        if (standings.Refusal(plan) is { } refusal)
        {
            foreach (var reply in Refuse(refusal))
                yield return reply;
            yield break;
        }
        session.Fulfilled = standings.Fulfilled(plan);
        await foreach (var reply in AnswerAsync(session, request, plan, cancellationToken))
            yield return reply;
    }

    // What another push of the same is told. That it was accepted is not ours to say before the branch has moved.
    private static async IAsyncEnumerable<PushReply> FollowAsync(IAsyncEnumerable<PushReply>? other, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (other is null)
            yield break;
        yield return new PushReply.Line("-----> Another push of this commit is being built: this one joins it, from its first line");
        await foreach (var reply in other.WithCancellation(cancellationToken))
        {
            if (reply is not PushReply.Accepted)
                yield return reply;
        }
    }

    private async IAsyncEnumerable<PushReply> AnswerAsync(
        PushSession session, HookRequest request, PushPlan.Allowed plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var stored in plan.Stored)
            yield return new PushReply.Line(Stored(stored));
        if (plan.Deploy is { } deploy && !session.Fulfilled.Contains(deploy))
        {
            await foreach (var reply in answer(PushOf(session, request, deploy), cancellationToken))
            {
                if (reply is PushReply.Accepted)
                    session.Deployed = deploy;
                yield return reply;
            }
            yield break;
        }
        if (plan.Deploy is { } fulfilled)
            yield return new PushReply.Line($"-----> '{fulfilled.Ref.Branch}' is at {fulfilled.New.ToShortString()} already: another push brought it");
        yield return new PushReply.Accepted();
    }

    private string Stored(RefCommand command) => command switch
    {
        { IsDeletion: true } => $"-----> Deleting {Described(command.Ref)}",
        _ => $"-----> Stored {Described(command.Ref)}: not built, only a push of {string.Join(" or ", options.DeployBranches)} builds",
    };

    private static string Described(RefName name) =>
        name.Branch is { } branch ? $"branch '{Readable.Text(branch)}'" : $"'{Readable.Text(name.ToString())}'";

    private Push PushOf(PushSession session, HookRequest request, RefCommand deploy) => new()
    {
        Id = session.Id,
        App = session.App,
        By = session.By,
        Branch = deploy.Ref.Branch!,
        OldCommit = deploy.Old,
        NewCommit = deploy.New,
        Repository = session.Repository,
        Quarantine = request.Quarantine,
        ReceivedAt = time.GetUtcNow(),
        Wishes = PushWishes.Read(request.Options),
        Options = request.Options,
        Trace = session.Span?.Context ?? default,
    };
}
