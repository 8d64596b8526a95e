using System.Globalization;
using Slug.Apps;

namespace Slug.Pushes;

/// <summary>What a push's commands come to, before anything is read or built.</summary>
internal abstract record PushPlan
{
    private PushPlan()
    {
    }

    /// <summary>The push is against the rules; the message tells which.</summary>
    internal sealed record Refused(string Message) : PushPlan;

    /// <summary>The push may go on: one command builds or none does, the others are stored.</summary>
    internal sealed record Allowed(RefCommand? Deploy, IReadOnlyList<RefCommand> Stored) : PushPlan
    {
        public IEnumerable<RefCommand> Commands => Deploy is null ? Stored : [Deploy, .. Stored];
    }

    public static PushPlan Of(IReadOnlyList<RefCommand>? commands, AppName app, PushOptions options)
    {
        if (commands is null)
            return new Refused("SLUG1016: a ref's name is not one that Slug can hold; expected UTF-8, at most 250 bytes between slashes; rename it");
        if (commands.Count > options.Commands)
            return new Refused(string.Create(CultureInfo.InvariantCulture,
                $"SLUG1010: the push changes {commands.Count} refs; expected at most {options.Commands}; push them in smaller parts"));
        if (commands.FirstOrDefault(command => command.Ref is { Branch: null, IsTag: false }) is { } foreign)
            return new Refused(
                $"SLUG1011: '{Readable.Text(foreign.Ref.ToString())}' is neither a branch nor a tag; expected refs/heads/… or refs/tags/…; push it as a branch");
        return Blocking(commands, options) ?? Deploying(commands, app, options);
    }

    private static PushPlan Deploying(IReadOnlyList<RefCommand> commands, AppName app, PushOptions options)
    {
        var deploys = commands.Where(command => command.Ref.Branch is { } branch && options.DeployBranches.Contains(branch)).ToArray();
        if (deploys.FirstOrDefault(command => command.IsDeletion) is { } deletion)
            return new Refused(
                $"SLUG1012: the branch '{deletion.Ref.Branch}' deploys and cannot be deleted; push another commit to it, or remove the whole app with 'slug apps destroy {app}'");
        if (deploys.Length > 1)
            return new Refused(
                $"SLUG1013: the push changes {string.Join(" and ", deploys.Select(command => $"'{command.Ref.Branch}'"))}; expected one deploy branch; push them one at a time");
        return new Allowed(deploys.FirstOrDefault(), [.. commands.Except(deploys)]);
    }

    // A file system holds main or main/x, never both: a branch below main would keep main from ever being pushed.
    private static Refused? Blocking(IReadOnlyList<RefCommand> commands, PushOptions options) =>
        (from command in commands
         from branch in options.DeployBranches
         where !command.IsDeletion && command.Ref.Branch?.StartsWith(branch + "/", StringComparison.Ordinal) == true
         select new Refused(
             $"SLUG1014: the branch '{Readable.Text(command.Ref.Branch!)}' would stand in the way of '{branch}'; push it under a name that does not start with '{branch}/'"))
        .FirstOrDefault();
}
