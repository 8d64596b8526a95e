using System.Globalization;
using Slug.Apps;

namespace Slug.Platform;

/// <summary>Finds the app that a route names, by its name or its id.</summary>
internal sealed class NamedApp(AppStore apps) : IEndpointFilter
{
    private static readonly object key = new();

    public static App Of(HttpContext http) => (App)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var text = http.GetRouteValue("app")?.ToString() ?? "";
        if (await FindAsync(text, http.RequestAborted) is not { } app)
            return PlatformError.NotFound($"SLUG6105: there is no app '{text}'; create it: heroku apps:create {text}, or with a push");
        http.Items[key] = app;
        return await next(context);
    }

    private async Task<App?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, CultureInfo.InvariantCulture, out var id))
            return await apps.FindAsync(id, cancellationToken);
        return AppName.TryParse(text, null, out var name) ? await apps.FindAsync(name, cancellationToken) : null;
    }
}
