using System.Text.Json;

namespace Slug.Acceptance;

/// <summary>One Slug of its own: data directory, port, service. Disposing takes everything of it away, also from the engine.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly string[] options;
    private readonly Dictionary<string, string> environment;
    private RunningProgram? service;

    private Installation(string[] options, string? engine)
    {
        this.options = options;
        environment = new() { ["SLUG_DATA"] = Data };
        if (engine is not null)
            environment["DOCKER_HOST"] = $"unix://{engine}";
    }

    /// <summary>The published program: what users run.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("SLUG_PROGRAM") ?? Path.Combine(Repository.Root, "artifacts", "slug", "slug");

    public string Data { get; } = Path.Combine(Path.GetTempPath(), $"slug-acceptance-{Guid.NewGuid():N}"[..28]);

    public string Url { get; private set; } = "";

    public string Token { get; private set; } = "";

    public RunningProgram Service => service ?? throw new InvalidOperationException("the service does not run");

    /// <summary>The label of this installation's Docker objects.</summary>
    public string Label => $"slug={File.ReadAllText(Path.Combine(Data, "instance")).Trim()}";

    /// <summary>Starts one with options of <c>slug serve</c> beside port and data, on this machine's engine.</summary>
    public static Task<Installation> StartAsync(string[] options, CancellationToken cancellationToken) =>
        StartAsync(options, engine: null, cancellationToken);

    /// <summary>Starts one with variables of its own.</summary>
    public static async Task<Installation> StartAsync(string[] options, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var installation = new Installation(options, engine: null);
        foreach (var (name, value) in variables)
            installation.environment[name] = value;
        await installation.ServeAsync(cancellationToken);
        return installation;
    }

    /// <summary>Starts one on the engine behind a socket.</summary>
    public static async Task<Installation> StartAsync(string[] options, string? engine, CancellationToken cancellationToken)
    {
        var installation = new Installation(options, engine);
        await installation.ServeAsync(cancellationToken);
        return installation;
    }

    /// <summary>Starts the service on the data that is there, and returns when it is ready.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        service = RunningProgram.Start(Program, ["serve", "--port", "0", .. options], environment: environment);
        var announcement = Path.Combine(Data, "run", "service.json");
        await Eventually.TrueAsync(() => IsAnnouncedBy(service.Id, announcement) || service.EndAsync(cancellationToken).IsCompleted, cancellationToken);
        if (!File.Exists(announcement))
            Assert.Fail($"the service did not start:\n{service.Output}");
        Url = JsonDocument.Parse(await File.ReadAllTextAsync(announcement, cancellationToken)).RootElement.GetProperty("url").GetString()!;
        Token = (await File.ReadAllTextAsync(Path.Combine(Data, "token"), cancellationToken)).Trim();
    }

    /// <summary>Runs a command of Slug's against this installation.</summary>
    public Task<ProgramResult> SlugAsync(CancellationToken cancellationToken, params string[] arguments) =>
        SlugAsync(input: "", cancellationToken, arguments);

    /// <summary>The same, with something on its standard input.</summary>
    public async Task<ProgramResult> SlugAsync(string input, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var program = RunningProgram.Start(Program, arguments, environment: environment, input: input);
        return await program.EndAsync(cancellationToken);
    }

    /// <summary>The images that its builds and apps run in; the engine may hold those of others beside them.</summary>
    public async Task<StackImages> StackAsync(CancellationToken cancellationToken)
    {
        using var stacks = JsonDocument.Parse((await SlugAsync(cancellationToken, "stacks", "list", "--json")).Output);
        var stack = stacks.RootElement.EnumerateArray().Single(stack => stack.GetProperty("name").GetString() == "bookworm");
        return new(stack.GetProperty("buildImage").GetString()!, stack.GetProperty("runImage").GetString()!);
    }

    /// <summary>Where git finds an app, the token in it.</summary>
    public string RemoteOf(string app) => RemoteOf(app, Token);

    /// <summary>An app's id, under which its files lie.</summary>
    public async Task<string> IdOfAsync(string app, CancellationToken cancellationToken)
    {
        using var apps = JsonDocument.Parse((await SlugAsync(cancellationToken, "apps", "--json")).Output);
        return apps.RootElement.EnumerateArray().Single(known => known.GetProperty("name").GetString() == app).GetProperty("id").GetString()!;
    }

    /// <summary>The same with another token.</summary>
    public string RemoteOf(string app, string token) => $"{Url.Replace("://", $"://git:{token}@", StringComparison.Ordinal)}/{app}.git";

    /// <summary>Ends the service as a power cut would: without a word.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Service.Kill();
        await Service.EndAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Service.SignalAsync("TERM", cancellationToken);
        await Service.EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await SlugAsync(CancellationToken.None, "down", "--purge");
        if (service is not null)
            await service.DisposeAsync();
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
    }

    private static bool IsAnnouncedBy(int pid, string announcement)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(announcement)).RootElement.GetProperty("pid").GetInt32() == pid;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return false;
        }
    }
}

/// <summary>A stack's images, by their ids.</summary>
internal sealed record StackImages(string Build, string Run);
