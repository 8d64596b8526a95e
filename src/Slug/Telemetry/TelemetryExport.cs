using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Slug.Builds;
using Slug.Hosting;

namespace Slug.Telemetry;

/// <summary>Sends meters and traces by OTLP, as the standard variables (OTEL_…) say. Where they name no collector there is none of this, nor is its library loaded.</summary>
internal sealed class TelemetryExport(IConfiguration configuration, Meters meters, BuildQueue queue, DiskUse disk, Instance instance) : IHostedService, IDisposable
{
    // .NET's own: requests by route, connections, and the runtime's memory and threads.
    private static readonly string[] platform = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private MeterProvider? metering;
    private TracerProvider? tracing;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Watch(() => queue.Waiting, () => queue.Running, () => disk.Stored().Select(kind => new Measurement<long>(kind.Bytes, new KeyValuePair<string, object?>("slug.kind", kind.Kind))));
        if (TelemetrySetup.HasCollector(configuration, "METRICS"))
            metering = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(Describe)
                .AddMeter([Meters.Name, .. platform])
                .AddOtlpExporter(options => Speak(options, "METRICS"))
                .Build();
        if (TelemetrySetup.HasCollector(configuration, "TRACES"))
            tracing = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(Describe)
                .AddSource(Traces.Name)
                .AddOtlpExporter(options => Speak(options, "TRACES"))
                .Build();
        return Task.CompletedTask;
    }

    // What is still to be sent is sent before the service ends, within the few seconds that it has.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose()
    {
        Interlocked.Exchange(ref tracing, null)?.Dispose();
        Interlocked.Exchange(ref metering, null)?.Dispose();
    }

    // The library reads the variables of both signals alone. Without one for the protocol it is the specification's default, where the library's is gRPC.
    private void Speak(OtlpExporterOptions options, string signal)
    {
        options.Protocol = TelemetrySetup.Asked(configuration, signal, "PROTOCOL") == TelemetrySetup.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (TelemetrySetup.OwnCollector(configuration, signal) is { } own)
            options.Endpoint = own;
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come after, and win.
    private void Describe(ResourceBuilder resource) =>
        resource.Clear().AddService("slug", serviceVersion: Program.Version, serviceInstanceId: instance.Id).AddTelemetrySdk().AddEnvironmentVariableDetector();
}
