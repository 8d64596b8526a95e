using Slug.Apps;

namespace Slug.Api;

/// <summary>Finds the app that a route names, once, for every endpoint under it.</summary>
internal sealed class AppFilter(AppStore apps) : IEndpointFilter
{
    private static readonly object key = new();

    public static App AppOf(HttpContext http) => (App)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var text = http.GetRouteValue("app")?.ToString() ?? "";
        if (!AppName.TryParse(text, null, out var name) || await apps.FindAsync(name, http.RequestAborted) is not { } app)
            return Problems.NoApp(text);
        http.Items[key] = app;
        return await next(context);
    }
}
