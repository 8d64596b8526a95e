using System.CommandLine;
using Slug.Api;
using Slug.Commands.Running;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Engines;

namespace Slug.Commands;

/// <summary><c>slug run APP</c>: a container of an app's current release, in the foreground.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string[]> words = new("TYPE|COMMAND")
    {
        Description = "A process type of the app (default: web), or a command and its arguments",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int?> port = new("--port")
    {
        Description = "Port of this machine under which the app's port is reached (default: a free one)",
        HelpName = "PORT",
    };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "run", "Run an app's current release in a container, in the foreground",
            "slug run hello", "slug run hello web --port 8000", "slug run hello bash", "slug run hello -- ls -la --help") { app, words, port };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && SettingForms.Port.Read(token.Value) is null)
                result.AddError($"{UsageErrors.Code}--port is '{token.Value}'; expected {SettingForms.Port.Expected}");
        });
        command.RunsUntilHandedOver(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Interruption interruption)
    {
        using var client = ServiceClient.Of(parse);
        using var engine = new DockerEngine(new EngineOptions(), TimeProvider.System);
        var launch = await client.GetAsync(ServiceRoute.Launch(parse.GetRequiredValue(app)), ApiJson.Default.LaunchView, interruption.Token);
        var plan = RunPlan.Of(launch, parse.GetValue(words) ?? [], parse.GetValue(port)) with
        {
            Interactive = true,
            Terminal = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        };
        await using var container = await new AppContainers(engine, client).CreateAsync(launch, plan, interruption.Token);
        return await new AttachedRun(engine, container, plan).RunAsync(interruption, () => TellAsync(Screen.Of(parse), container, launch, plan));
    }

    private static async Task TellAsync(Screen screen, AppContainer container, LaunchView launch, RunPlan plan)
    {
        if (plan.Listens && await container.FindUrlAsync(CancellationToken.None) is { } url)
            screen.Remark($"-----> {plan.Title(launch)} at {url}");
    }
}
