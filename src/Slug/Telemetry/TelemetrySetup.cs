using Microsoft.Extensions.Options;

namespace Slug.Telemetry;

/// <summary>Wires what is measured; and who it is sent to, where the standard variables name somebody.</summary>
internal static class TelemetrySetup
{
    /// <summary>As a variable asks for it.</summary>
    public const string Grpc = "grpc";

    private const string Http = "http/protobuf";
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    // Each has variables of its own, which win over those of both.
    private static readonly string[] signals = ["TRACES", "METRICS"];

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

    /// <summary>Whether it is said where a signal goes: what nobody asked for is not taken.</summary>
    public static bool HasCollector(IConfiguration configuration, string signal) => Asked(configuration, signal, "ENDPOINT") is not null;

    /// <summary>The address that is named for one signal, path and all; null where there is none.</summary>
    public static Uri? OwnCollector(IConfiguration configuration, string signal) => configuration[$"{Prefix}{signal}_ENDPOINT"] is { Length: > 0 } address ? new(address) : null;

    /// <summary>What is asked for of a signal, or of both; null for nothing.</summary>
    public static string? Asked(IConfiguration configuration, string signal, string what) =>
        new[] { $"{Prefix}{signal}_{what}", Prefix + what }.Select(name => configuration[name]).FirstOrDefault(value => value is { Length: > 0 });

    private static IEnumerable<string> Mistakes(IConfiguration configuration)
    {
        foreach (var (name, address) in Set(configuration, "ENDPOINT"))
            if (!(Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
                yield return $"SLUG9022: '{address}' of {name} is no address of a collector; expected one like http://127.0.0.1:4318";
        foreach (var (name, protocol) in Set(configuration, "PROTOCOL"))
            if (protocol is not (Http or Grpc))
                yield return $"SLUG6332: '{protocol}' of {name} is no protocol that is spoken here; expected {Http}, which it is without the variable, or {Grpc}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Set(IConfiguration configuration, string what) =>
        from name in signals.Select(signal => $"{Prefix}{signal}_{what}").Prepend(Prefix + what)
        let value = configuration[name]
        where value is { Length: > 0 }
        select KeyValuePair.Create(name, value);

    private static bool IsWanted(IConfiguration configuration) =>
        signals.Any(signal => HasCollector(configuration, signal)) && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
}
