using System.Net;
using System.Text.RegularExpressions;
using Slug.Tests.Tokens;

namespace Slug.Tests.Dashboard;

/// <summary>What a browser does with pages, but for drawing them: it keeps cookies, and sends forms as they are on the page.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient client;

    public Browser(Uri address) => client = new(handler) { BaseAddress = address };

    public HttpClient Client => client;

    public CookieCollection Cookies => handler.CookieContainer.GetCookies(client.BaseAddress!);

    /// <summary>One that a token has signed in.</summary>
    public static async Task<Browser> SignedInAsync(RunningService service, string token, CancellationToken cancellationToken)
    {
        var browser = new Browser(service.Address);
        var answer = await browser.SignInAsync(token, "/", cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Html);
        return browser;
    }

    public async Task<Answer> SignInAsync(string token, string to, CancellationToken cancellationToken)
    {
        var page = await GetAsync($"/ui/sign-in?to={Uri.EscapeDataString(to)}", cancellationToken);
        return await PostAsync("/ui/sign-in", new() { ["token"] = token, ["to"] = Hidden().Match(page.Html).Groups["to"].Value, ["form"] = KeyIn(page) }, cancellationToken);
    }

    public async Task<Answer> GetAsync(string path, CancellationToken cancellationToken) => await ReadAsync(await client.GetAsync(path, cancellationToken), cancellationToken);

    public async Task<Answer> PostAsync(string path, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await client.PostAsync(path, content, cancellationToken), cancellationToken);
    }

    /// <summary>Sends a form of a page, with what its user wrote.</summary>
    public async Task<Answer> SubmitAsync(string page, string action, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var shown = await GetAsync(page, cancellationToken);
        Assert.That(shown.Html, Does.Contain($"action=\"{action}\""));
        return await PostAsync(action, new(fields) { ["form"] = KeyIn(shown) }, cancellationToken);
    }

    public static string KeyIn(Answer page) => Key().Match(page.Html) is { Success: true } match ? match.Groups["key"].Value : throw new AssertionException($"no form on:\n{page.Html}");

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
            return new(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString()));
    }

    [GeneratedRegex("""name="form" value="(?<key>[^"]+)""")]
    private static partial Regex Key();

    [GeneratedRegex("""name="to" value="(?<to>[^"]*)""")]
    private static partial Regex Hidden();
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string? Location, string Html, IReadOnlyDictionary<string, string> Headers);
