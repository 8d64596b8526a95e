using Slug.Engines;

namespace Slug.Api;

/// <summary>What all endpoints under <c>/slug/</c> have in common: no word of the query is passed over, and an engine that does not answer is told as such.</summary>
internal sealed class ApiConventions : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (QueryValue.UnknownIn(context.HttpContext) is { } refusal)
            return Problems.Form.Answer(context.HttpContext, refusal);
        try
        {
            return await next(context);
        }
        catch (EngineException silence)
        {
            return Problems.Unavailable(silence.Message);
        }
    }
}
