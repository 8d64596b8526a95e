using Slug.Hosting;

namespace Slug.Commands.Services;

/// <summary>The admin token as the first start of the service left it.</summary>
internal static class TokenFiles
{
    /// <exception cref="CommandException">There is none, or this user may not read it.</exception>
    public static string Read(DataDirectory data)
    {
        try
        {
            return File.ReadAllText(data.Token).Trim();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.User($"SLUG8002: there is no token in '{data.Root}'; the first start of the service makes it: ./slug up");
        }
        catch (UnauthorizedAccessException)
        {
            throw CommandException.User(
                $"SLUG8003: the token '{data.Token}' may not be read; run this as the user that runs the service, or set SLUG_URL and SLUG_TOKEN");
        }
    }
}
