using System.CommandLine;
using System.IO.Compression;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Content.Sources;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Pushes;

namespace Slug.Commands;

/// <summary><c>slug build APP</c>: a build and a release without git.</summary>
internal static class BuildCommand
{
    private const string StandardInput = "-";

    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string> source = new("SOURCE")
    {
        Description = "A folder, a .tgz or .tar, or - for one on standard input",
        DefaultValueFactory = _ => ".",
    };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "build", "Build and release a folder or an archive, without git; .slugignore and .git are left out of a folder",
            "slug build hello", "slug build hello app.tgz", "git archive HEAD | slug build hello -")
        {
            app,
            source,
        };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse, Timeout.InfiniteTimeSpan);
        var screen = Screen.Of(parse);
        var route = ServiceRoute.Builds(parse.GetRequiredValue(app));
        using var log = new StreamReader(await client.UploadAsync(route, ContentOf(parse.GetRequiredValue(source)), cancellationToken));
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (HookReply.VerdictIn(line) is { } accepted)
                return accepted ? ExitCode.Ok : ExitCode.UserError;
            screen.Line(line);
        }

        throw CommandException.Failure("SLUG2336: the service went away before the build ended; see how it ended with: slug logs APP");
    }

    private static HttpContent ContentOf(string source)
    {
        if (source == StandardInput)
            return new StreamContent(Console.OpenStandardInput());
        if (File.Exists(source))
            return new StreamContent(File.OpenRead(source));
        return Directory.Exists(source)
            ? new StreamedContent("application/gzip", (body, cancellationToken) => PackAsync(Path.GetFullPath(source).TrimEnd('/'), body, cancellationToken))
            : throw CommandException.User($"SLUG2337: '{source}' is neither a folder nor a file; name one, or - for an archive on standard input");
    }

    private static async Task PackAsync(string folder, Stream body, CancellationToken cancellationToken)
    {
        var ignored = SlugIgnore.Read(folder);
        await using var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
        await LayerTar.WriteAsync(
            folder, ".", LayerModes.AsGit, (path, isDirectory) => Path.GetFileName(path) == ".git" || ignored.LeavesOut(path, isDirectory), gzip, cancellationToken);
    }
}
