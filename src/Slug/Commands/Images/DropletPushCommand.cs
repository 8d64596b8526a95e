using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands.Images;

/// <summary><c>slug droplets push APP REF</c>: an app's image, copied to any other registry.</summary>
internal static class DropletPushCommand
{
    // Doubled with each attempt: a registry that restarts is back by the last one.
    private static readonly TimeSpan retryDelay = TimeSpan.FromMilliseconds(500);

    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string> target = new("REF") { Description = "Where to: HOST[:PORT]/NAME[:TAG]; the tag is the release's number unless you name one" };
    private static readonly Option<string?> release = new("--release") { Description = "Which release (default: the current one)", HelpName = "vN" };
    private static readonly Option<bool> zstd = new("--zstd") { Description = "Layers as zstd: smaller, for engines since Docker 23" };
    private static readonly Option<bool> plainHttp = new("--plain-http") { Description = "The registry has no TLS; on this machine that goes without saying" };
    private static readonly Option<string?> username = new("--username") { Description = "User name, in place of docker's login", HelpName = "NAME" };
    private static readonly Option<bool> passwordStdin = new("--password-stdin") { Description = "Read the password from standard input" };
    private static readonly Option<string?> mountFrom = new("--mount-from") { Description = "Another repository of that registry that may have some layers", HelpName = "NAME" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "push", "Copy an app's image to another registry",
            "slug droplets push hello registry.example.org/team/hello", "slug droplets push hello 127.0.0.1:5000/hello:stable --release v3")
        {
            app, target, release, zstd, plainHttp, username, passwordStdin, mountFrom,
        };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (name, text) = (parse.GetRequiredValue(app), parse.GetRequiredValue(target));
        if (!ImageReference.TryParse(text, out var image))
            throw CommandException.Usage($"SLUG4120: '{text}' is not where an image can go; expected HOST[:PORT]/NAME[:TAG] in lower case, like registry.example.org/team/{name}:v1");
        var number = await NumberAsync(parse, name, cancellationToken);
        var tag = image.Tag ?? $"v{number}";
        var (service, login) = (ServiceAddress.Find(SharedOptions.DataOf(parse), Environment.GetEnvironmentVariable), LoginOf(parse, image));
        using var source = new RegistryConnection(service.Url, service.Url.Authority, $"repository:{name}:pull", () => new("Bearer", service.Token));
        using var registry = new RegistryConnection(AddressOf(parse, image), image.Host, ScopeOf(parse, image), login);
        var screen = Screen.Of(parse);
        screen.Remark($"-----> Pushing {name} v{number} to {image with { Tag = tag }}");
        var push = new ImagePush(
            new(source, name), new(registry, image.Name), parse.GetValue(mountFrom), line => screen.Remark(Steps.Indent + line), retryDelay);
        var pushed = await push.RunAsync($"v{number}{(parse.GetValue(zstd) ? "-zstd" : "")}", tag, cancellationToken);
        screen.Line($"{image with { Tag = tag }}@{pushed.Digest}, {Wording.Size(pushed.Sent)} of {Wording.Size(pushed.Size)} sent");
        return ExitCode.Ok;
    }

    private static async Task<int> NumberAsync(ParseResult parse, string name, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var all = await client.GetAsync(ServiceRoute.Releases(name), Api.ApiJson.Default.IReadOnlyListReleaseView, cancellationToken);
        if (parse.GetValue(release) is not { } wanted)
            return all.FirstOrDefault(one => one.Droplet is not null)?.Version
                ?? throw CommandException.User($"SLUG4111: '{name}' has no release with a droplet to push; git push it first");
        return all.FirstOrDefault(one => one.Droplet is not null && string.Create(CultureInfo.InvariantCulture, $"v{one.Version}") == wanted)?.Version
            ?? throw CommandException.User($"SLUG4112: '{name}' has no release '{wanted}' with a droplet; expected one like v7: 'slug releases {name}' lists them");
    }

    private static Uri AddressOf(ParseResult parse, ImageReference image)
    {
        var address = new Uri($"https://{image.Endpoint}/");
        return parse.GetValue(plainHttp) || address.IsLoopback ? new($"http://{image.Endpoint}/") : address;
    }

    private static string ScopeOf(ParseResult parse, ImageReference image) =>
        $"repository:{image.Name}:pull,push{(parse.GetValue(mountFrom) is { } other ? $" repository:{other}:pull" : "")}";

    private static Func<AuthenticationHeaderValue?> LoginOf(ParseResult parse, ImageReference image)
    {
        var (user, fromStdin) = (parse.GetValue(username), parse.GetValue(passwordStdin));
        if (user is null != !fromStdin)
            throw CommandException.Usage("SLUG4128: --username and --password-stdin go together; give both, or log in with: docker login");
        if (user is null)
            return () => DockerLogins.Read(DockerLogins.DefaultFile, image);
        var given = DockerLogins.Basic(user, Console.In.ReadToEnd().TrimEnd('\r', '\n'));
        return () => given;
    }
}
