namespace Slug.Commands;

/// <summary>A command ends without having done what it was asked. The message has a code and says what to do.</summary>
internal sealed class CommandException(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException User(string message) => new(message, Commands.ExitCode.UserError);

    public static CommandException Usage(string message) => new(message, Commands.ExitCode.UsageError);

    public static CommandException Failure(string message, Exception? cause = null) => new(message, Commands.ExitCode.Failure, cause);
}
