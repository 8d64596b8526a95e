using Dapper;
using Slug.Hosting;

namespace Slug.Stacks;

/// <summary>Notes that the stack which builds use is another than before, or gone. The engine is anybody's: who did that is not known, only that it is so.</summary>
internal sealed class StackChanges(Database database, TimeProvider time)
{
    private string? noted;

    /// <param name="name">The stack that was looked for.</param>
    /// <param name="found">As the engine has it; null where it has none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task NoteAsync(string name, Stack? found, CancellationToken cancellationToken)
    {
        var images = found is null ? "" : $"build image {found.BuildImage}, run image {found.RunImage}";
        if (Interlocked.Exchange(ref noted, images) == images)
            return;
        await database.WriteAsync(
            db =>
            {
                var before = db.QueryFirstOrDefault<string>("select detail from events where kind in ('stack.built', 'stack.removed') and subject = @name order by id desc limit 1", new { name });
                return images == (before ?? "") ? 0 : Events.Append(db, time, Events.Itself, found is null ? "stack.removed" : "stack.built", null, name, images);
            },
            cancellationToken);
    }
}
