using Slug.Stacks;

namespace Slug.Tests.Stacks;

/// <summary>A definition to try things with.</summary>
internal static class SampleStack
{
    public static StackDefinition Definition { get; } = new()
    {
        Name = "sample",
        Suite = "bookworm",
        Components = ["main"],
        StandsInFor = "heroku-22",
        User = new("slug", 1000, "/app"),
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        RunPackages = ["bash"],
        BuildPackages = ["gcc"],
        Paths = new(["/usr/share/doc/*"], ["/usr/share/doc/*/copyright"]),
        HostDotnetSdk = false,
    };
}
