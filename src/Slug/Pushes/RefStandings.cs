using System.Globalization;

namespace Slug.Pushes;

/// <summary>How a push's commands stand to the refs as they are now, under the turn: other pushes may have ended while this one waited.</summary>
internal sealed class RefStandings(Repository repository, PushOptions options)
{
    private readonly References references = new(repository);

    /// <summary>Commands whose refs stand where they are asked to already.</summary>
    public IReadOnlyList<RefCommand> Fulfilled(PushPlan.Allowed plan) =>
        [.. plan.Commands.Where(command => command.Old != command.New && Now(command) == command.New)];

    /// <summary>Why the push cannot go on; null where it can.</summary>
    public string? Refusal(PushPlan.Allowed plan)
    {
        if (plan.Commands.FirstOrDefault(command => Now(command) is var now && now != command.Old && now != command.New) is { } moved)
            return $"SLUG1017: '{Readable.Text(moved.Ref.ToString())}' moved to {Short(Now(moved))} while this push was under way; expected {Short(moved.Old)}; fetch, then push again";
        var creations = plan.Commands.Count(command => command.IsCreation);
        if (creations > 0 && references.Public().Count + creations > options.Refs)
            return string.Create(CultureInfo.InvariantCulture,
                $"SLUG1015: the push would make more than {options.Refs} branches and tags; delete some with 'git push --delete', then push again");
        return null;
    }

    private ObjectId Now(RefCommand command) => references.Find(command.Ref) ?? ObjectId.Zero;

    private static string Short(ObjectId id) => id.IsZero ? "nothing" : id.ToShortString();
}
