namespace Slug.Hosting;

/// <summary>That the service began and ended, and which program it was: another build of it after an upgrade.</summary>
internal sealed class ServiceEvents(Database database, TimeProvider time)
{
    private static string Program => $"build {typeof(Slug.Program).Module.ModuleVersionId:N}";

    public Task<int> StartedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(db => Events.Append(db, time, Events.Itself, "service.started", null, Slug.Program.Version, Program), cancellationToken);

    public Task<int> StoppedAsync() =>
        database.WriteAsync(db => Events.Append(db, time, Events.Itself, "service.stopped", null, Slug.Program.Version, Program), CancellationToken.None);
}
