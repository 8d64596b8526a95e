namespace Slug.Dashboard;

/// <summary>Where a browser may be sent that names the place itself: on this service, nowhere else.</summary>
internal static class LocalPath
{
    public static string Of(string? text) => text is ['/', ..] && text is not ['/', '/' or '\\', ..] && text.All(IsPlain) ? text : "/";

    // Browsers take a backslash for a slash, and pass over line breaks and tabs.
    private static bool IsPlain(char letter) => letter is > ' ' and < '\u007f' and not '\\';
}
