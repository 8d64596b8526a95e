using System.CommandLine;

namespace Slug.Commands;

/// <summary>The service's options as the command line and the environment give them.</summary>
internal static class ServeSettings
{
    public const string PortKey = "Service:Port";

    public static IReadOnlyList<ServeSetting> All { get; } =
    [
        new("--port", PortKey, SettingForms.Port, "Port of the API and of pushes (default 7070)"),
        new("--listen", "Service:Listen", SettingForms.Address, "Address to listen on (default 127.0.0.1: this machine alone)"),
        new("--intake", "Service:Intake", SettingForms.Intake, "Whether pushes go on at once (open, the default) or wait until they are let in (closed)"),
        new("--builds", "Builds:Concurrency", SettingForms.Count, "Builds that run at once (default: the number of cores)"),
        new("--build-timeout", "Builds:Timeout", SettingForms.Duration, "Time that a build may take (default 15m)"),
        new("--build-memory", "Builds:Memory", SettingForms.Size, "Memory of a build (default 2G)"),
        new("--build-cpus", "Builds:Cpus", SettingForms.Cores, "Cores that a build may use (default: all)"),
        new("--build-pids", "Builds:Pids", SettingForms.Count, "Processes and threads of a build (default 1024)"),
        new("--build-network", "Builds:Network", SettingForms.Network, "What builds reach: public addresses (bridge, the default) or none"),
        new("--build-allow", "Builds:Allow", SettingForms.Text, "Private ranges that builds may reach all the same, like 10.1.0.0/16,10.2.0.0/16"),
        new("--buildpacks", "Builds:Buildpacks", SettingForms.Text, "Folder of the built-in buildpacks, with a file 'order' that names them"),
        new("--fetch-allow", "Remotes:Allow", SettingForms.Text, "Private ranges that buildpacks, submodules and the repositories of webhooks may be fetched from all the same, like 10.1.0.0/16,127.0.0.0/8"),
        new("--buildpack-limit", "Remotes:Limit", SettingForms.Size, "Largest buildpack that is fetched (default 200MB)"),
        new("--buildpack-timeout", "Remotes:Timeout", SettingForms.Duration, "Time that one attempt to fetch a buildpack may take (default 2m)"),
        new("--slug-limit", "Builds:SlugLimit", SettingForms.Size, "Largest droplet, compressed (default 500MB)"),
        new("--log-limit", "Builds:LogLimit", SettingForms.Size, "Bytes kept of a build's log (default 10MB)"),
        new("--cache-limit", "Builds:CacheLimit", SettingForms.Size, "Largest build cache of an app and stack, not compressed (default 1GB)"),
        new("--capsule-limit", "Builds:CapsuleLimit", SettingForms.SizeOrNothing, "Bytes kept of failed builds, for 'slug builds shell'; 0 keeps none (default 2GB)"),
        new("--capsule-keep", "Builds:CapsuleKeep", SettingForms.Duration, "How long a failed build is kept (default 24h)"),
        new("--keep-builds", "Retention:KeepBuilds", SettingForms.Count, "Builds and logs kept of an app (default 200)"),
        new("--keep-droplets", "Retention:KeepDroplets", SettingForms.Count, "Droplets kept of an app that no release refers to (default 5)"),
        new("--keep-releases", "Retention:KeepReleases", SettingForms.Count, "Releases kept of an app (default: all)"),
        new("--droplets-limit", "Retention:DropletsLimit", SettingForms.Size, "Bytes of all droplets, past which the oldest without a release go (default: none)"),
        new("--caches-limit", "Retention:CachesLimit", SettingForms.Size, "Bytes of all apps' build caches, past which the oldest go (default: none)"),
        new("--downloads", "Downloads:Limit", SettingForms.SizeOrNothing, "Bytes of packages kept for all builds; 0 keeps none (default 2GB)"),
        new("--npm-registry", "Downloads:NpmRegistry", SettingForms.Text, "Where npm's packages are fetched from (default: npm's own default)"),
        new("--nuget-source", "Downloads:NuGetSource", SettingForms.Text, "Index of the source that NuGet packages are fetched from (default: NuGet's own default)"),
        new("--push-limit", "Pushes:Limit", SettingForms.Size, "Largest push (default 1GB)"),
        new("--source-limit", "Sources:Bytes", SettingForms.Size, "Largest source, unpacked (default 1G)"),
        new("--source-entries", "Sources:Entries", SettingForms.Count, "Files and folders of a source (default 200000)"),
        new("--ca-bundle", "Builds:CaBundle", SettingForms.File, "Certificates that builds trust, a PEM file (default: SSL_CERT_FILE or the system's)"),
    ];

    /// <summary>Configuration keys and values. An option wins over its variable; what is neither keeps its default.</summary>
    /// <exception cref="CommandException">A variable holds what its option would refuse.</exception>
    public static IReadOnlyDictionary<string, string?> Read(ParseResult parse, Func<string, string?> environment)
    {
        var settings = new Dictionary<string, string?> { ["Service:Data"] = SharedOptions.DataOf(parse).Root };
        var mistakes = new List<string>();
        foreach (var setting in All)
            switch (setting.Read(parse, environment))
            {
                case { Mistake: { } mistake }:
                    mistakes.Add(mistake);
                    break;
                case { Value: { } value }:
                    settings[setting.Key] = value;
                    break;
            }
        return mistakes.Count == 0 ? settings : throw CommandException.Usage(string.Join('\n', mistakes));
    }
}
