using System.Globalization;
using Slug.Builds;

namespace Slug.Dashboard;

/// <summary>Finds the build that a page is of.</summary>
internal sealed class BuildOfPage(BuildStore builds) : IEndpointFilter
{
    private static readonly object key = new();

    public static Build Of(HttpContext http) => (Build)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var text = http.GetRouteValue("build")?.ToString();
        if (!Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) || await builds.FindAsync(id, http.RequestAborted) is not { } build)
            return Problem.Page(StatusCodes.Status404NotFound, $"SLUG3021: there is no build '{text}'; 'slug builds APP' lists them");
        http.Items[key] = build;
        return await next(context);
    }
}
