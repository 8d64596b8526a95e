namespace Slug.Pushes;

/// <summary>One thing a push asks for: that a ref which stands at the old object shall stand at the new one.</summary>
internal sealed record RefCommand(ObjectId Old, ObjectId New, RefName Ref)
{
    public bool IsCreation => Old.IsZero;

    public bool IsDeletion => New.IsZero;

    /// <summary>Reads a line as git gives it to a pre-receive hook; null where it is none.</summary>
    public static RefCommand? Read(string line) =>
        line.Split(' ', 3) is [var older, var newer, var name]
        && ObjectId.TryParse(older, null, out var old)
        && ObjectId.TryParse(newer, null, out var @new)
        && RefName.TryParse(name, null, out var reference)
        && !(old.IsZero && @new.IsZero)
            ? new(old, @new, reference)
            : null;
}
