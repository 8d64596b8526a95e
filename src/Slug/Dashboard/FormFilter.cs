using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard;

/// <summary>Takes a form from the browser that it was given to, and from no other: another site can send one, and has no key.</summary>
internal sealed class FormFilter(SessionCookie cookie) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && await RefusalAsync(http) is { } refusal)
            return refusal;
        return await next(context);
    }

    private async Task<Page?> RefusalAsync(HttpContext http)
    {
        try
        {
            return await IsOursAsync(http) ? null : Foreign;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            return Problem.Page(StatusCodes.Status400BadRequest, $"SLUG6305: the form cannot be read ({malformed.Message.TrimEnd('.')}); go back and send it once more, with less or other text");
        }
    }

    private static Page Foreign => Problem.Page(StatusCodes.Status403Forbidden, "SLUG6301: this form was not sent from a page of this service in this browser, or is older than its sign-in; go back, load the page again, and send it once more");

    private async Task<bool> IsOursAsync(HttpContext http) =>
        cookie.Of(http) is { } id && http.Request.HasFormContentType && id.IsFormKey((await http.Request.ReadFormAsync(http.RequestAborted))[Forms.Field]);
}
