using Microsoft.Extensions.Options;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>The environment of detect, compile and release: built from nothing, so that no build depends on who started it.</summary>
internal sealed class BuildEnvironment(IOptions<BuildOptions> options)
{
    /// <summary>Where the host's CA bundle is in a build container.</summary>
    public const string CaBundle = "/slug/ca.crt";

    // The names under which the tools of the ecosystems look for extra certificates.
    private static readonly string[] bundleNames =
    [
        "SSL_CERT_FILE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "npm_config_cafile", "PIP_CERT", "REQUESTS_CA_BUNDLE",
    ];

    public Dictionary<string, string> Of(BuildPlan plan, IReadOnlyList<RegistryDoor> registries)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = "/app",
            ["TMPDIR"] = "/tmp",
            ["LANG"] = "C.UTF-8",
            ["CI"] = "true",
            ["STACK"] = plan.Stack.StandsInFor,
            ["SOURCE_VERSION"] = plan.Source.Commit.ToString(),
            ["REQUEST_ID"] = plan.Id.ToString(),
            // One second past the ZIP epoch: what tools stamp into their output is the same in every build.
            ["SOURCE_DATE_EPOCH"] = "315532801",
        };
        foreach (var registry in registries)
            environment[$"SLUG_{registry.Name.ToUpperInvariant()}_MIRROR"] = registry.Url;
        if (options.Value.CaBundle is not null)
        {
            foreach (var name in bundleNames)
                environment[name] = CaBundle;
        }

        return environment;
    }
}
