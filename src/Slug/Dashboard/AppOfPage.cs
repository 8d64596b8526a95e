using Slug.Apps;

namespace Slug.Dashboard;

/// <summary>Finds the app that a page is of.</summary>
internal sealed class AppOfPage(AppStore apps) : IEndpointFilter
{
    private static readonly object key = new();

    public static App Of(HttpContext http) => (App)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var text = http.GetRouteValue("app")?.ToString() ?? "";
        if (!AppName.TryParse(text, null, out var name) || await apps.FindAsync(name, http.RequestAborted) is not { } app)
            return Problem.NoApp(text);
        http.Items[key] = app;
        return await next(context);
    }
}
