using System.Diagnostics;

namespace Slug.Telemetry;

/// <summary>Spans, by .NET's own activities: there are none unless somebody listens.</summary>
internal sealed class Traces : IDisposable
{
    public const string Name = "Slug";

    private readonly ActivitySource source = new(Name);

    /// <summary>Somebody listens.</summary>
    public bool AreWanted => source.HasListeners();

    /// <summary>The id of the span that goes on here, of ours; null where nobody listens.</summary>
    public static string? Here => Activity.Current is { Source.Name: Name } span ? span.Id : null;

    /// <summary>Where a request stands in its client's trace; nowhere where it names none, or no good one.</summary>
    public static ActivityContext ParentOf(HttpRequest request) => ParentOf(request.Headers.TraceParent);

    /// <summary>The same by what the header has, which is also a span's own id.</summary>
    public static ActivityContext ParentOf(string? text) => ActivityContext.TryParse(text, null, isRemote: true, out var parent) ? parent : default;

    /// <summary>Begins a span below the one that is current.</summary>
    public Activity? Begin(string name) => source.StartActivity(name);

    /// <summary>Begins a span of another's trace, or a trace where that is nowhere.</summary>
    public Activity? Begin(string name, ActivityKind kind, ActivityContext parent)
    {
        // The activity that ASP.NET Core made for the request is exported by nobody: a span below it would hang in the air.
        Activity.Current = null;
        return source.StartActivity(name, kind, parent);
    }

    /// <summary>Does something in a span of its own.</summary>
    public async Task<T> InAsync<T>(string name, Func<Task<T>> work)
    {
        using var span = Begin(name);
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            // Its kind alone: a message may hold what is nobody's business.
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }

    /// <summary>The same of what gives nothing.</summary>
    public Task InAsync(string name, Func<Task> work) =>
        InAsync(
            name,
            async () =>
            {
                await work();
                return 0;
            });

    /// <summary>Adds a span that has ended already.</summary>
    public void Add(string name, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, bool isGood)
    {
        using var span = source.StartActivity(name, ActivityKind.Internal, parent, startTime: from);
        span?.SetEndTime(to.UtcDateTime);
        if (!isGood)
            span?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => source.Dispose();
}
