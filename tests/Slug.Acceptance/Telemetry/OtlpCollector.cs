using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Acceptance.Telemetry;

/// <summary>What a collector does at its HTTP door: takes OTLP in protobuf, and here keeps it (opentelemetry-proto 1.x, by field numbers).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private OtlpCollector(WebApplication web) => this.web = web;

    public string Url => web.Urls.Single();

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentQueue<Point> Points { get; } = new();

    /// <summary>All that ever came, as text: for what must not be in it.</summary>
    public string Everything => string.Concat(bodies.Select(Encoding.Latin1.GetString));

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var collector = new OtlpCollector(web);
        web.MapPost("/v1/traces", http => collector.TakeAsync(http, collector.TakeSpans));
        web.MapPost("/v1/metrics", http => collector.TakeAsync(http, collector.TakePoints));
        await web.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext http, Action<ProtobufMessage> take)
    {
        Assert.That(http.Request.ContentType, Is.EqualTo("application/x-protobuf"));
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        bodies.Enqueue(body.ToArray());
        take(new(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(ProtobufMessage request)
    {
        foreach (var span in request.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)))
            Spans.Enqueue(new(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(7), span.Number(8), Attributes(span, 9)));
    }

    // Gauges, sums and histograms: what they hold is at field 5, 7 and 9, their points at field 1 of that.
    private void TakePoints(ProtobufMessage request)
    {
        foreach (var metric in request.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)))
        {
            foreach (var point in metric.All(5).Concat(metric.All(7)).SelectMany(kind => kind.All(1)))
                Points.Enqueue(new(metric.Text(1), Attributes(point, 7), point.Has(6) ? point.Number(6) : point.Double(4), 1));
            foreach (var point in metric.All(9).SelectMany(kind => kind.All(1)))
                Points.Enqueue(new(metric.Text(1), Attributes(point, 9), point.Double(5), point.Number(4)));
        }
    }

    private static Dictionary<string, string> Attributes(ProtobufMessage of, int field) =>
        of.All(field).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.All(2).Single()));

    private static string ValueOf(ProtobufMessage value) => value.Has(1) ? value.Text(1) : value.Has(2) ? $"{value.Number(2) != 0}" : $"{(long)value.Number(3)}";
}

/// <summary>A span: times in nanoseconds since 1970.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, ulong Begin, ulong End, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What a meter said: a number, or a histogram's sum and count.</summary>
internal sealed record Point(string Meter, IReadOnlyDictionary<string, string> Attributes, double Value, ulong Count);
