using System.CommandLine;
using Slug.Api;
using Slug.Commands.Running;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Engines;

namespace Slug.Commands;

/// <summary><c>slug builds shell</c> and <c>slug builds rerun</c>: a look at what a failed build left.</summary>
internal static class CapsuleCommands
{
    private static readonly string[] shell = ["/usr/bin/env", "TERM=xterm-256color", "/bin/bash"];

    private static readonly Argument<string> build = new("BUILD") { Description = "A failed build's id, or an app's name for its latest build" };

    public static Command Shell() => Create(
        "shell", "Open a shell in what a failed build left: its files, its environment, its limits", "slug builds shell hello", shell);

    public static Command Rerun() => Create(
        "rerun", "Run the last command of a failed build again, where it failed", "slug builds rerun hello", []);

    private static DocumentedCommand Create(string name, string description, string example, IReadOnlyList<string> words)
    {
        var command = new DocumentedCommand(name, description, example) { build };
        command.RunsUntilHandedOver((parse, interruption) => RunAsync(parse, words, interruption));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, IReadOnlyList<string> words, Interruption interruption)
    {
        using var client = ServiceClient.Of(parse);
        using var engine = new DockerEngine(new EngineOptions(), TimeProvider.System);
        var capsule = await client.GetAsync(ServiceRoute.Capsule(parse.GetRequiredValue(build)), ApiJson.Default.CapsuleView, interruption.Token);
        var configVars = await client.GetAsync(ServiceRoute.Config(capsule.App), ApiJson.Default.IReadOnlyDictionaryStringString, interruption.Token);
        var plan = new RunPlan
        {
            Words = words,
            Listens = false,
            Interactive = true,
            Terminal = words.Count > 0 && !Console.IsInputRedirected && !Console.IsOutputRedirected,
        };
        await using var container = await new CapsuleContainers(engine).CreateAsync(capsule, plan, configVars, interruption.Token);
        return await new AttachedRun(engine, container, plan).RunAsync(interruption, () => TellAsync(Screen.Of(parse), capsule));
    }

    private static Task TellAsync(Screen screen, CapsuleView capsule)
    {
        screen.Remark($"-----> Build {capsule.Build} of {capsule.App}, as it failed in {capsule.Phase} ({Wording.Size(capsule.Size)}, {Wording.Time(capsule.CreatedAt)}); what you change here is gone when you leave");
        return Task.CompletedTask;
    }
}
