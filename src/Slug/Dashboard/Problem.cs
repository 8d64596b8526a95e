using Slug.Dashboard.Markup;

namespace Slug.Dashboard;

/// <summary>What a page says that cannot be shown, or did not do what it was asked for.</summary>
internal static class Problem
{
    public static Page Page(int status, string message) => new()
    {
        Title = TitleOf(status),
        Status = status,
        Main = $"<h1>{TitleOf(status)}</h1>{Note(message)}<p><a href=\"/\">All apps</a></p>",
    };

    /// <summary>The same among the pages of an app: the way back is there.</summary>
    public static Page Page(AppTab tab, int status, string message) => new()
    {
        Title = TitleOf(status),
        Status = status,
        Tab = tab,
        Main = $"<h2>{TitleOf(status)}</h2>{Note(message)}",
    };

    public static Page NoApp(string name) =>
        Page(StatusCodes.Status404NotFound, $"SLUG6001: there is no app '{name}'; create it with a push, or with: slug apps create {name}");

    public static Page NoPage(string path) =>
        Page(StatusCodes.Status404NotFound, $"SLUG6302: there is no page '{path}'; the apps lead to all there are");

    /// <summary>A message, its code set apart.</summary>
    public static Html Note(string message) => message.Split(": ", 2) is [{ Length: 8 } code, var words] && code.StartsWith("SLUG", StringComparison.Ordinal)
        ? (Html)$"<p class=\"problem\" role=\"alert\"><code>{code}</code> {words}</p>"
        : $"<p class=\"problem\" role=\"alert\">{message}</p>";

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status409Conflict => "Not possible",
        StatusCodes.Status422UnprocessableEntity => "Not valid",
        StatusCodes.Status429TooManyRequests => "Too many",
        _ => "That did not work",
    };
}
