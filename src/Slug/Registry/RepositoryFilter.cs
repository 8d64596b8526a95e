using Slug.Apps;

namespace Slug.Registry;

/// <summary>Finds the app whose repository a route names.</summary>
internal sealed class RepositoryFilter(AppStore apps) : IEndpointFilter
{
    private static readonly object key = new();

    public static App AppOf(HttpContext http) => (App)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var text = http.GetRouteValue("name")?.ToString() ?? "";
        if (!AppName.TryParse(text, null, out var name) || await apps.FindAsync(name, http.RequestAborted) is not { } app)
            return Refusals.NoApp(text);
        http.Items[key] = app;
        return await next(context);
    }
}
