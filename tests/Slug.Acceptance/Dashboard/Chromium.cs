using Microsoft.Playwright;

namespace Slug.Acceptance.Dashboard;

/// <summary>Debian's Chromium, driven as a person drives it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    public static readonly ViewportSize Desktop = new() { Width = 1280, Height = 860 };
    public static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    private readonly IPlaywright driver;
    private readonly IBrowser browser;

    private Chromium(IPlaywright driver, IBrowser browser) => (this.driver, this.browser) = (driver, browser);

    public static async Task<Chromium> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        // Its own sandbox is not for root, whom tests run as.
        return new(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] }));
    }

    /// <summary>A browser of a new visitor.</summary>
    public async Task<Visit> VisitAsync(Installation slug, ViewportSize size, ColorScheme colours, bool scripts)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = slug.Url,
            ViewportSize = size,
            ColorScheme = colours,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return new(slug, context, await context.NewPageAsync());
    }

    public Task<Visit> VisitAsync(Installation slug) => VisitAsync(slug, Desktop, ColorScheme.Light, scripts: true);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        driver.Dispose();
    }
}
