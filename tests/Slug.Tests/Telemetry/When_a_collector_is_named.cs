using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slug.Telemetry;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Telemetry;

[CancelAfter(60_000)]
internal sealed class When_a_collector_is_named
{
    private readonly ConcurrentQueue<(string Path, string? Type, int Length)> heard = new();
    private WebApplication? collector;

    private async Task StartAsync(HttpProtocols protocols)
    {
        heard.Clear();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, door => door.Protocols = protocols));
        collector = builder.Build();
        collector.Run(TakeAsync);
        await collector.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (collector is not null)
            await collector.DisposeAsync();
    }

    [Test]
    public async Task Should_be_spoken_to_in_gRPC_where_the_variable_says_so(CancellationToken cancellationToken)
    {
        await StartAsync(HttpProtocols.Http2);
        await ServeAsync(cancellationToken, ("ENDPOINT", collector!.Urls.Single()), ("PROTOCOL", "grpc"));
        Assert.That(
            heard.Select(call => (call.Path, call.Type)).Distinct(),
            Is.EquivalentTo(new[] { ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc"), ("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "application/grpc") }));
        Assert.That(heard.Select(call => call.Length), Is.All.GreaterThan(5), "more than the frame");
    }

    [Test]
    public async Task Should_be_told_of_traces_alone_where_it_is_named_for_them(CancellationToken cancellationToken)
    {
        await StartAsync(HttpProtocols.Http1);
        await ServeAsync(cancellationToken, ("TRACES_ENDPOINT", $"{collector!.Urls.Single()}/here"));
        Assert.That(heard.Select(call => (call.Path, call.Type)).Distinct(), Is.EqualTo(new[] { ("/here", "application/x-protobuf") }));
    }

    [TestCase("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [TestCase("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "gRPC")]
    [TestCase("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "thrift")]
    public void Should_not_start_with_a_protocol_that_nobody_speaks(string name, string protocol)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = protocol }).Build();
        Assert.That(
            () => new ServiceCollection().AddTelemetry(configuration),
            Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith($"SLUG6332: '{protocol}' of {name} is no protocol that is spoken here; expected http/protobuf"));
    }

    private static async Task ServeAsync(CancellationToken cancellationToken, params (string Name, string Value)[] variables)
    {
        await using var service = await RunningService.StartAsync(cancellationToken, variables.Select(variable => new KeyValuePair<string, string?>($"OTEL_EXPORTER_OTLP_{variable.Name}", variable.Value)));
        var token = await service.TokenAsync(new("reader", null, new HashSet<Scope> { Scope.Admin }), cancellationToken);
        Assert.That(await service.StatusAsync("GET", "/v2/_catalog", token, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        heard.Enqueue((http.Request.Path.ToString(), http.Request.ContentType, (int)body.Length));
        if (http.Request.ContentType != "application/grpc")
            return;
        http.Response.ContentType = "application/grpc";
        http.Response.DeclareTrailer("grpc-status");
        // An empty message in its frame.
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
