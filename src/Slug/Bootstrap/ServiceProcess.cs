using System.Text;
using Slug.Commands.Services;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>How a running service was started: what it takes to start it again, or another program in its place.</summary>
internal sealed record ServiceProcess
{
    private const string Intake = "SLUG_INTAKE";

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string Folder { get; init; }

    /// <summary>Reads it from the kernel (proc(5)). The port becomes the one it has, so that whoever knows the address finds the next one there.</summary>
    public static ServiceProcess Of(RunningService service)
    {
        var process = $"/proc/{service.Pid}";
        return new()
        {
            Program = new FileInfo($"{process}/exe").LinkTarget!,
            Arguments = [.. WithoutPort(Words($"{process}/cmdline").Skip(1)), "--port", $"{service.Url.Port}"],
            Environment = Words($"{process}/environ").Select(variable => variable.Split('=', 2)).Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0]).Where(pair => pair[0] != Intake).ToDictionary(pair => pair[0], pair => pair[1]),
            Folder = new FileInfo($"{process}/cwd").LinkTarget!,
        };
    }

    /// <summary>The same service by another program.</summary>
    public ServiceProcess With(SelfProgram program) => this with
    {
        Program = program.Path,
        Environment = program.Runtime is { } runtime
            ? new Dictionary<string, string>(Environment) { ["DOTNET_ROOT"] = runtime }
            : Environment,
    };

    public ChildProcess ToChild(IntakeStart intake) => new(Program, Arguments)
    {
        WorkingDirectory = Folder,
        Environment = intake == IntakeStart.Closed ? new Dictionary<string, string>(Environment) { [Intake] = "closed" } : Environment,
    };

    /// <summary>Arguments without the option that names a port, in either of its forms.</summary>
    public static IEnumerable<string> WithoutPort(IEnumerable<string> arguments)
    {
        const string option = "--port";
        var skipsValue = false;
        foreach (var argument in arguments)
        {
            if (!skipsValue && argument != option && !argument.StartsWith(option + "=", StringComparison.Ordinal))
                yield return argument;
            skipsValue = !skipsValue && argument == option;
        }
    }

    private static string[] Words(string file) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Whether pushes go on as soon as the service is ready.</summary>
internal enum IntakeStart
{
    Open,
    Closed,
}
