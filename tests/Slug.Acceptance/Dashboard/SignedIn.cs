using System.Net;
using System.Text.RegularExpressions;

namespace Slug.Acceptance.Dashboard;

/// <summary>The dashboard to one who is signed in, by its forms alone.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient client;

    private SignedIn(Installation slug) => client = new(handler) { BaseAddress = new(slug.Url) };

    public static async Task<SignedIn> AtAsync(Installation slug, CancellationToken cancellationToken)
    {
        var dashboard = new SignedIn(slug);
        await dashboard.SubmitAsync("/ui/sign-in?to=%2F", "/ui/sign-in", new() { ["token"] = slug.Token, ["to"] = "/" }, cancellationToken);
        return dashboard;
    }

    /// <summary>Begins a build again. Gives the id of the new one.</summary>
    public async Task<string> BuildAgainAsync(string build, CancellationToken cancellationToken)
    {
        var led = await SubmitAsync($"/ui/builds/{build}", $"/ui/builds/{build}/again", [], cancellationToken);
        Assert.That(led, Does.StartWith("/ui/builds/").And.Not.EndsWith(build));
        return led["/ui/builds/".Length..];
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    // Gives where the answer leads.
    private async Task<string> SubmitAsync(string page, string action, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var shown = await client.GetStringAsync(page, cancellationToken);
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["form"] = Key().Match(shown).Groups[1].Value });
        using var answer = await client.PostAsync(action, content, cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer.Headers.Location!.OriginalString;
    }

    [GeneratedRegex("""name="form" value="([^"]+)""")]
    private static partial Regex Key();
}
