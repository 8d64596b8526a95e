using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Slug.Engines;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Commands;

/// <summary>How a command's end looks to its user: lines that begin with a code, and an exit code.</summary>
internal sealed record Failure(string Message, int ExitCode)
{
    public static Failure Of(Exception exception) => exception switch
    {
        CommandException command => new(command.Message, command.ExitCode),
        InvalidDataDirectoryException => new(exception.Message, Commands.ExitCode.UserError),
        OptionsValidationException options => new(string.Join('\n', options.Failures), Commands.ExitCode.UserError),
        EngineException or StackException => new(exception.Message, Commands.ExitCode.Failure),
        ProgramNotStartedException program => new(
            $"SLUG8004: {program.Message}; install it, or see what is missing with: slug doctor", Commands.ExitCode.Failure),
        HttpIOException or IOException { InnerException: SocketException } => new(
            $"SLUG8005: the service's answer ended before its end ({exception.Message}); look at service.log in the data directory, then try again",
            Commands.ExitCode.Failure),
        UnauthorizedAccessException => new(
            $"SLUG8006: {exception.Message.TrimEnd('.')}; run this as the user that runs the service", Commands.ExitCode.UserError),
        IOException => new($"SLUG8007: {exception.Message.TrimEnd('.')}; look at the disk and the path, then try again", Commands.ExitCode.Failure),
        _ => new($"SLUG8000: this is a mistake in Slug; please report it with these lines: {exception}", Commands.ExitCode.Failure),
    };
}
