using System.CommandLine;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug token</c>: the admin token, for a program or a password prompt.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "token", "Print the admin token: git's password, and the bearer token of the API",
            "slug token", "curl --oauth2-bearer \"$(slug token)\" http://127.0.0.1:7070/slug/status");
        command.Runs((parse, _) =>
        {
            Screen.Of(parse).Line(TokenFiles.Read(SharedOptions.DataOf(parse)));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
