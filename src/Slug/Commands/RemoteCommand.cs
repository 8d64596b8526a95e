using System.CommandLine;
using Slug.Apps;
using Slug.Commands.Remotes;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug remote</c>: makes <c>git push slug main</c> work in an app's folder, and ask nothing.</summary>
internal static class RemoteCommand
{
    private static readonly Argument<string?> name = new("NAME")
    {
        Description = "The app's name; by default the folder's, made valid",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "remote", "Add the git remote 'slug' and a credential helper to the work tree you are in", "slug remote && git push slug main", "slug remote hello")
        {
            name,
        };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var git = await FindWorkTreeAsync(cancellationToken);
        var app = NameOf(parse.GetValue(name), git.Path);
        var address = ServiceAddress.Find(SharedOptions.DataOf(parse), Environment.GetEnvironmentVariable);
        var url = await new SlugRemote(git, address).SetAsync(app.ToString(), cancellationToken);
        Screen.Of(parse).Line($"The remote '{SlugRemote.Name}' is {url}. Push with: git push {SlugRemote.Name} main");
        return ExitCode.Ok;
    }

    private static async Task<GitFolder> FindWorkTreeAsync(CancellationToken cancellationToken)
    {
        var here = Environment.CurrentDirectory;
        var top = await new GitFolder(here, null).TryAsync(["rev-parse", "--show-toplevel"], cancellationToken);
        return top.Succeeded
            ? new(top.Output.Trim(), null)
            : throw CommandException.User($"SLUG8031: '{here}' is not in a git work tree ({top.Error.Trim()}); make it one: git init -b main");
    }

    private static AppName NameOf(string? given, string folder)
    {
        if (given is null)
            return FolderName.ToAppName(System.IO.Path.GetFileName(folder))
                ?? throw CommandException.User($"SLUG8032: no app name can be made of the folder '{folder}'; give one: slug remote NAME");
        return AppName.TryParse(given, null, out var valid)
            ? valid
            : throw CommandException.User($"SLUG8033: '{given}' is not an app name; expected {AppName.Rule}");
    }
}
