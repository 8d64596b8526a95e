using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Slug.Tokens;

namespace Slug.Builds;

/// <summary>Lets a builder through whose token is that of its container, and to its own build alone.</summary>
internal sealed class BuilderFilter(BuilderContainers containers) : IEndpointFilter
{
    private static readonly object key = new();

    public static BuilderContainer ContainerOf(HttpContext http) => (BuilderContainer)http.Items[key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || !Token.TryRead(header.Parameter, out var token)
            || containers.Find(token.Hash) is not { } container)
            return TypedResults.Unauthorized();
        if (http.GetRouteValue("id") is { } id && id.ToString() != container.Run?.Plan.Id.ToString())
            return TypedResults.NotFound();
        http.Items[key] = container;
        Unbind(http);
        return await next(context);
    }

    // A build that is silent for minutes is no slow attacker, and a cache is large: time and size have limits of their own.
    private static void Unbind(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } answer)
            answer.MinDataRate = null;
    }
}
