using System.Runtime.CompilerServices;
using System.Text;

namespace Slug.Dashboard.Markup;

/// <summary>A page as it is sent: nothing of it is kept anywhere, and nothing runs or loads on it but what this program serves.</summary>
internal sealed record Page : IResult
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public required string Title { get; init; }

    public required Html Main { get; init; }

    /// <summary>What takes time to find out: the browser has the page above it long before.</summary>
    public Func<CancellationToken, IAsyncEnumerable<Html>>? Rest { get; init; }

    /// <summary>Of which app, and which of its pages.</summary>
    public AppTab? Tab { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>So many seconds until a browser without scripts asks again; null for never.</summary>
    public int? Refresh { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        Protect(response);
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await WriteAsync(response, Layout.Open(this, httpContext));
        if (Rest is not null)
        {
            await response.Body.FlushAsync(httpContext.RequestAborted);
            await WriteRestAsync(httpContext, Rest);
        }

        await WriteAsync(response, Layout.Close());
    }

    /// <summary>What every answer to a browser says.</summary>
    public static void Protect(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Where a browser goes on after a form: asking again for that page sends nothing twice.</summary>
    public static IResult See(string path) => new Elsewhere(path);

    /// <summary>What is found out in one piece.</summary>
    public static Func<CancellationToken, IAsyncEnumerable<Html>> Later(Func<CancellationToken, Task<Html>> make)
    {
        return OnceAsync;

        async IAsyncEnumerable<Html> OnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return await make(cancellationToken);
        }
    }

    // The page has begun, its status is told: what fails from here on is said where it would stand.
    private static async Task WriteRestAsync(HttpContext http, Func<CancellationToken, IAsyncEnumerable<Html>> rest)
    {
        try
        {
            await foreach (var part in rest(http.RequestAborted))
                await WriteAsync(http.Response, part);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            http.RequestServices.GetRequiredService<ILogger<Page>>().PageFailed(http.Request.Path, exception);
            await WriteAsync(http.Response, Problem.Note("SLUG6304: the service failed to make the rest of this page; the operator's log says why"));
        }
    }

    private static Task WriteAsync(HttpResponse response, Html html) => response.Body.WriteAsync(Encoding.UTF8.GetBytes(html.ToString())).AsTask();

    private sealed record Elsewhere(string Path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            Protect(httpContext.Response);
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = Path;
            return Task.CompletedTask;
        }
    }
}

/// <summary>A page among those of an app.</summary>
internal sealed record AppTab(string App, string Name);
