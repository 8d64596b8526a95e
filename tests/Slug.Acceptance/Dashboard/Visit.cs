using Microsoft.Playwright;

namespace Slug.Acceptance.Dashboard;

/// <summary>One visitor's time at the dashboard. At its end nothing may have gone wrong in the browser, and nothing have left the host.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string pictures = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "tests", "screenshots")).FullName;

    private readonly Installation slug;
    private readonly IBrowserContext context;
    private readonly List<string> mistakes = [];

    public Visit(Installation slug, IBrowserContext context, IPage page)
    {
        (this.slug, this.context, Page) = (slug, context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        context.Request += (_, request) => Note(!request.Url.StartsWith(slug.Url + "/", StringComparison.Ordinal), $"request: {request.Url}");
    }

    public IPage Page { get; }

    public async Task SignInAsync(string to)
    {
        await Page.GotoAsync(to);
        await Page.GetByLabel("Token").FillAsync(slug.Token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync($"{slug.Url}{to}");
    }

    /// <summary>Keeps what the page looks like, as far down as it goes.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        lock (mistakes)
            Assert.That(mistakes, Is.Empty);
    }

    private void Note(bool isMistake, string words)
    {
        lock (mistakes)
            if (isMistake)
                mistakes.Add(words);
    }
}
