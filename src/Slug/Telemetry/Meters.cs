using System.Diagnostics.Metrics;

namespace Slug.Telemetry;

/// <summary>What the service counts and measures, by .NET's own meter: nothing is kept of it unless somebody listens. docs/operating.md lists them.</summary>
internal sealed class Meters
{
    public const string Name = "Slug";

    private readonly Meter meter;
    private readonly Counter<long> builds;
    private readonly Histogram<double> buildDuration;
    private readonly Histogram<double> phaseDuration;
    private readonly Histogram<double> queueWait;
    private readonly Histogram<long> pushSize;
    private readonly Counter<long> lookups;

    public Meters(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        builds = meter.CreateCounter<long>("slug.builds", "{build}", "Builds that ended, by what they were for and how");
        buildDuration = meter.CreateHistogram<double>("slug.build.duration", "s", "From a build's place in the queue to its result");
        phaseDuration = meter.CreateHistogram<double>("slug.phase.duration", "s", "A phase in the build's container");
        queueWait = meter.CreateHistogram<double>("slug.queue.wait", "s", "Waiting for a build slot");
        pushSize = meter.CreateHistogram<long>("slug.push.size", "By", "What a push sent, by whether it was accepted");
        lookups = meter.CreateCounter<long>("slug.cache.lookups", "{lookup}", "What was looked for before it was made, by whether it was there");
    }

    /// <param name="kind">build, test or verification.</param>
    /// <param name="result">succeeded, known, failed and the like.</param>
    public void BuildEnded(string kind, string result) => builds.Add(1, new("slug.kind", kind), new("slug.result", result));

    public void BuildTook(string kind, string result, TimeSpan time) => buildDuration.Record(time.TotalSeconds, new("slug.kind", kind), new("slug.result", result));

    public void PhaseTook(string phase, TimeSpan time) => phaseDuration.Record(time.TotalSeconds, new KeyValuePair<string, object?>("slug.phase", phase));

    public void Waited(TimeSpan time) => queueWait.Record(time.TotalSeconds);

    public void Pushed(long bytes, bool isAccepted) => pushSize.Record(bytes, new KeyValuePair<string, object?>("slug.accepted", isAccepted));

    /// <param name="cache">droplet, build, step or layer.</param>
    /// <param name="isHit">It was there.</param>
    public void Looked(string cache, bool isHit) => lookups.Add(1, new("slug.cache", cache), new("slug.hit", isHit));

    /// <summary>What is asked for only when it is exported.</summary>
    public void Watch(Func<int> waiting, Func<int> running, Func<IEnumerable<Measurement<long>>> stored)
    {
        meter.CreateObservableUpDownCounter<int>("slug.queue.depth", waiting, "{build}", "Builds that wait for a slot");
        meter.CreateObservableUpDownCounter<int>("slug.queue.running", running, "{build}", "Builds that have one");
        meter.CreateObservableUpDownCounter<long>("slug.store.size", stored, "By", "Disk that each kind of thing takes");
    }
}
