using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard;

/// <summary>How pages say no: who is not signed in is asked to, and comes back to where he wanted to go.</summary>
internal static class Refused
{
    public static RefusalForm Form { get; } = new((http, refusal) =>
        refusal.Status != StatusCodes.Status401Unauthorized ? Problem.Page(refusal.Status, refusal.Message)
        : !HttpMethods.IsGet(http.Request.Method) ? Page.See("/ui/sign-in")
        : IsFromElsewhere(http.Request) ? Again(http.Request)
        : Page.See($"/ui/sign-in?to={Uri.EscapeDataString(PathOf(http.Request))}"));

    /// <summary>Somebody followed another site's link: the browser keeps the cookie back, and no sign-in is to take its place.</summary>
    public static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site";

    /// <summary>The same page once more, from here: now the cookie comes along.</summary>
    public static IResult Again(HttpRequest request) => new Page
    {
        Title = "One moment",
        Main = $"<meta http-equiv=\"refresh\" content=\"0;url={PathOf(request)}\"><p><a href=\"{PathOf(request)}\">Go on</a></p>",
    };

    private static string PathOf(HttpRequest request) => $"{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
}
