namespace Slug.Platform;

/// <summary>Lists of what Slug has none of, and Heroku's clients ask for on their way to something else.</summary>
internal static class AbsentEndpoints
{
    private static readonly string[] ofAll = ["/addons", "/addon-attachments", "/teams"];
    private static readonly string[] ofApps = ["/addons", "/addon-attachments", "/collaborators", "/domains", "/features", "/log-drains"];

    public static void MapAbsent(this IEndpointRouteBuilder platform, IEndpointRouteBuilder app)
    {
        foreach (var pattern in ofApps)
            app.MapGet(pattern, () => Answer.Of<IReadOnlyList<string>>([]));
        foreach (var pattern in ofAll)
            platform.MapGet(pattern, () => Answer.Of<IReadOnlyList<string>>([]));
    }
}
