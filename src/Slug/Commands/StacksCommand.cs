using System.CommandLine;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Stacks;

namespace Slug.Commands;

/// <summary><c>slug stacks</c>: the images that builds and droplets run in.</summary>
internal static class StacksCommand
{
    private static readonly Argument<string> name = new("STACK") { Description = "A stack's name", DefaultValueFactory = _ => Workplace.DefaultStack };
    private static readonly Option<bool> rebuild = new("--rebuild") { Description = "Build again from Debian's archive as it is today" };

    public static Command Create()
    {
        var list = new DocumentedCommand("list", "List the stacks", "slug stacks list --json") { SharedOptions.Json };
        list.Runs(ListAsync);
        var show = new DocumentedCommand("show", "Show what a stack is made of", "slug stacks show bookworm") { name, SharedOptions.Json };
        show.Runs(ShowAsync);
        var build = new DocumentedCommand("build", "Build a stack's images", "slug stacks build", "slug stacks build bookworm --rebuild") { name, rebuild };
        build.Runs(BuildAsync);
        var command = new DocumentedCommand("stacks", "List, show and build stacks", "slug stacks", "slug stacks build") { SharedOptions.Json, list, show, build };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var workplace = Workplace.LookingAt(SharedOptions.DataOf(parse));
        var views = new List<StackView>();
        foreach (var definition in workplace.Stacks.Definitions)
            views.Add(await ViewAsync(workplace, definition, cancellationToken));
        return Listing.Show(
            parse, views, CommandJson.Default.IReadOnlyListStackView, "there are no stacks beside this program",
            ["STACK", "STANDS IN FOR", "BUILD IMAGE", "RUN IMAGE"],
            view => [view.Name, view.StandsInFor, Image(view.BuildImage, view.BuildSize), Image(view.RunImage, view.RunSize)]);
    }

    private static async Task<int> ShowAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var workplace = Workplace.LookingAt(SharedOptions.DataOf(parse));
        var view = await ViewAsync(workplace, Find(workplace, parse), cancellationToken);
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json([view], CommandJson.Default.IReadOnlyListStackView);
        else
            screen.Facts(
            [
                ("Stack", $"{view.Name}, stands in for {view.StandsInFor}"),
                ("Run image", Image(view.RunImage, view.RunSize)),
                ("Build image", Image(view.BuildImage, view.BuildSize)),
                ("Run packages", string.Join(' ', view.RunPackages)),
                ("Build packages", string.Join(' ', view.BuildPackages)),
            ]);
        return ExitCode.Ok;
    }

    private static async Task<int> BuildAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var data = SharedOptions.DataOf(parse);
        using var workplace = Workplace.Of(data);
        var definition = Find(workplace, parse);
        var steps = new Steps(Screen.Of(parse).Output, TimeProvider.System);
        var mode = parse.GetValue(rebuild) ? StackBuildMode.Rebuild : StackBuildMode.Reuse;
        await steps.RunAsync($"Stack {definition.Name}", async () =>
        {
            var folder = Path.Combine(data.Temporary, $"stack-{Environment.ProcessId}");
            await new StackBuilder(workplace.Images, TimeProvider.System).BuildAsync(definition, mode, folder, steps, cancellationToken);
            return "built";
        });
        return ExitCode.Ok;
    }

    private static StackDefinition Find(Workplace workplace, ParseResult parse)
    {
        var wanted = parse.GetRequiredValue(name);
        return workplace.Stacks.Definitions.FirstOrDefault(definition => definition.Name == wanted)
            ?? throw CommandException.User(
                $"SLUG8015: there is no stack '{wanted}'; expected one of: {string.Join(", ", workplace.Stacks.Definitions.Select(definition => definition.Name))}");
    }

    private static async Task<StackView> ViewAsync(Workplace workplace, StackDefinition definition, CancellationToken cancellationToken) =>
        StackView.Of(definition, await workplace.Stacks.FindBuiltAsync(definition.Name, cancellationToken));

    private static string Image(string? digest, long? size) =>
        digest is null ? "not built; build it: slug stacks build" : $"{digest} ({Wording.Size(size ?? 0)})";
}
