using Microsoft.Extensions.Options;

namespace Slug.Telemetry;

/// <summary>Wires what is measured; and who it is sent to, where the standard variables name somebody.</summary>
internal static class TelemetrySetup
{
    private static readonly string[] endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    extension(IServiceCollection services)
    {
        public IServiceCollection AddMeasures() => services.AddMetrics().AddSingleton<Meters>().AddSingleton<Traces>();

        /// <summary>To be called before what is to be measured: it is stopped after it.</summary>
        public void AddTelemetry(IConfiguration configuration)
        {
            services.AddMeasures();
            if (Mistakes(configuration).ToList() is [_, ..] mistakes)
                throw new OptionsValidationException("Telemetry", typeof(TelemetryExport), mistakes);
            if (IsWanted(configuration))
                services.AddHostedService<TelemetryExport>();
        }
    }

    private static IEnumerable<string> Mistakes(IConfiguration configuration)
    {
        foreach (var name in endpoints)
            if (configuration[name] is { Length: > 0 } address && !(Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
                yield return $"SLUG9022: '{address}' of {name} is no address of a collector; expected one like http://127.0.0.1:4318";
    }

    private static bool IsWanted(IConfiguration configuration) =>
        endpoints.Any(name => configuration[name] is { Length: > 0 }) && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
}
