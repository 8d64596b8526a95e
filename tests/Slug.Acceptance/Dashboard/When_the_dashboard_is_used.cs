using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Slug.Acceptance.Dashboard;

[Parallelizable]
public sealed partial class When_the_dashboard_is_used
{
    private readonly string app = Slugs.NewName();
    private Chromium chromium = null!;
    private GitFolder folder = null!;

    private static Installation Slug => Slugs.Scripted;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        chromium = await Chromium.StartAsync();
        folder = await Slugs.AppThatAsync("mkdir -p lib; head -c 300000 /dev/zero >lib/large; head -c 90000 /dev/zero >lib/other; echo one >gone", patience.Token);
        Assert.That((await folder.PushAsync(Slug, app, patience.Token)).Output, Does.Contain("Released v1"));
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "mkdir -p lib; head -c 300000 /dev/zero >lib/large; head -c 150000 /dev/zero >lib/other; echo new >came" }, patience.Token);
        Assert.That((await folder.PushAsync(Slug, app, patience.Token)).Output, Does.Contain("Released v2"));
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = @"printf 'it is \033[1;31mred\033[0m\n'; echo '<b>no such thing</b>' >&2; exit 3" }, patience.Token);
        Assert.That((await folder.PushAsync(Slug, app, patience.Token)).ExitCode, Is.Not.Zero);
        Assert.That((await Slug.SlugAsync(patience.Token, "config", app, "SECRET=long-enough-to-be-one")).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        folder.Dispose();
        await chromium.DisposeAsync();
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_show_a_failure_in_plain_sight(CancellationToken cancellationToken)
    {
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync("/");
        await visit.Page.GetByRole(AriaRole.Row, new() { Name = app }).GetByRole(AriaRole.Link, new() { Name = "failed" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "It ended in phase compile" })).ToBeInViewportAsync();
        await Assertions.Expect(visit.Page.Locator(".failure")).ToContainTextAsync("exited with 3");
        await Assertions.Expect(visit.Page.Locator(".timeline .failed")).ToContainTextAsync("compile");
        await Assertions.Expect(visit.Page.Locator(".log .c1.bold").First).ToHaveTextAsync("red");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("<b>no such thing</b>");
        await visit.PictureAsync("build-failed-desktop-light");
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_follow_a_build_as_it_runs_and_cancel_it(CancellationToken cancellationToken)
    {
        var other = Slugs.NewName();
        using var endless = await Slugs.AppThatAsync("for i in $(seq 1000); do echo tick $i; sleep 0.1; done", cancellationToken);
        await using var push = endless.StartGit("push", Slug.RemoteOf(other), "main");
        await push.SaysAsync("tick 1", cancellationToken);
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync($"/ui/apps/{other}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "running" }).ClickAsync();
        var lines = visit.Page.Locator(".log li");
        var before = await lines.CountAsync();
        await Assertions.Expect(lines.Nth(before + 10)).ToContainTextAsync("tick");
        await Assertions.Expect(visit.Page.Locator(".timeline .running")).ToContainTextAsync("compile");
        var numbers = await lines.EvaluateAllAsync<int[]>("items => items.map(item => item.value)");
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Length)), "each line once, in its place");
        await visit.PictureAsync("build-running-desktop-light");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Build cancelled" })).ToBeVisibleAsync();
        Assert.That((await push.EndAsync(cancellationToken)).ExitCode, Is.Not.Zero);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_build_a_commit_again_and_release_it(CancellationToken cancellationToken)
    {
        var other = Slugs.NewName();
        using var once = await Slugs.AppThatAsync("echo built", cancellationToken);
        await once.PushAsync(Slug, other, cancellationToken);
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync($"/ui/apps/{other}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "succeeded" }).ClickAsync();
        var first = visit.Page.Url;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Build again" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("Released v2");
        Assert.That(visit.Page.Url, Is.Not.EqualTo(first));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Build succeeded" })).ToBeVisibleAsync();
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_build_a_rejected_push_again_without_its_pusher(CancellationToken cancellationToken)
    {
        var other = Slugs.NewName();
        using var wanting = await Slugs.AppThatAsync("cat \"$ENV_DIR/WANTED\" >made", cancellationToken);
        Assert.That((await wanting.PushAsync(Slug, other, cancellationToken)).ExitCode, Is.Not.Zero);
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync($"/ui/apps/{other}/config");
        await visit.Page.GetByLabel("Name").FillAsync("WANTED");
        await visit.Page.GetByLabel("Value").FillAsync("two\nlines");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Builds" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "failed" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Build again" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Build succeeded" })).ToBeVisibleAsync();
        Assert.That((await wanting.PushAsync(Slug, other, cancellationToken)).Output, Does.Contain("Released v3"), "the branch was not moved: its pusher can push");
        Assert.That((await wanting.GitAsync(cancellationToken, "ls-remote", Slug.RemoteOf(other))).Output, Does.Contain("refs/heads/main"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_show_what_a_droplet_weighs_and_what_changed(CancellationToken cancellationToken)
    {
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync($"/ui/apps/{app}/releases");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "compare with v1" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "app/came" })).ToContainTextAsync("added");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "app/gone" })).ToContainTextAsync("removed");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "app/lib/other" })).ToContainTextAsync("+60 KB");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "app/lib/large" })).ToHaveCountAsync(0);
        await visit.PictureAsync("compare-desktop-light");
        await visit.Page.GotoAsync($"/ui/apps/{app}/droplets/v2?path=app");
        await visit.Page.Locator("svg.map a", new() { HasText = "lib" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "large" })).ToContainTextAsync("300 KB");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Record" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Its packages" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "base-files" })).ToContainTextAsync("deb");
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_reveal_a_config_var_when_asked(CancellationToken cancellationToken)
    {
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.SignInAsync($"/ui/apps/{app}/config");
        Assert.That(await visit.Page.ContentAsync(), Does.Not.Contain("long-enough"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reveal SECRET" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "SECRET" })).ToContainTextAsync("long-enough-to-be-one");
        Assert.That((await Slug.SlugAsync(cancellationToken, "events", "--app", app)).Output, Does.Contain("config.revealed"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_lead_by_the_keyboard_alone_from_the_sign_in_to_a_file(CancellationToken cancellationToken)
    {
        await using var visit = await chromium.VisitAsync(Slug);
        await visit.Page.GotoAsync("/");
        await visit.Page.Keyboard.TypeAsync(Slug.Token);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Apps" })).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusAsync(visit.Page), Is.EqualTo("Skip to the content"));
        foreach (var link in (string[])[app, "Releases", "compare with v1"])
            await FollowAsync(visit.Page, link);
        await Assertions.Expect(visit.Page.Locator(".summary")).ToContainTextAsync("1 added");
        await FollowAsync(visit.Page, "Droplets");
        await visit.Page.Keyboard.PressAsync("Tab");
        for (var presses = 0; presses < 60 && !Digits().IsMatch(await FocusAsync(visit.Page)); presses++)
            await visit.Page.Keyboard.PressAsync("Tab");
        await EnterAsync(visit.Page);
        await FollowAsync(visit.Page, "app/");
        await FollowAsync(visit.Page, "lib/");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "large" })).ToBeVisibleAsync();
    }

    [TestCase("phone", "light")]
    [TestCase("phone", "dark")]
    [TestCase("desktop", "light")]
    [TestCase("desktop", "dark")]
    [CancelAfter(90_000)]
    public async Task Should_fit_on_every_screen(string screen, string colours, CancellationToken cancellationToken)
    {
        await using var visit = await chromium.VisitAsync(
            Slug, screen == "phone" ? Chromium.Phone : Chromium.Desktop, colours == "dark" ? ColorScheme.Dark : ColorScheme.Light, scripts: true);
        await visit.SignInAsync("/");
        foreach (var (name, path) in await PagesAsync(cancellationToken))
        {
            await visit.Page.GotoAsync(path);
            Assert.That(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.Zero, $"{name} scrolls sideways");
            await visit.PictureAsync($"{name}-{screen}-{colours}");
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_work_without_scripts(CancellationToken cancellationToken)
    {
        var other = Slugs.NewName();
        using var endless = await Slugs.AppThatAsync("echo begun; sleep infinity", cancellationToken);
        await using var push = endless.StartGit("push", Slug.RemoteOf(other), "main");
        await push.SaysAsync("begun", cancellationToken);
        await using var visit = await chromium.VisitAsync(Slug, Chromium.Desktop, ColorScheme.Light, scripts: false);
        await visit.SignInAsync($"/ui/apps/{other}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "running" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("begun");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Build cancelled" })).ToBeVisibleAsync();
        await push.EndAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(CancellationToken cancellationToken)
    {
        using var builds = JsonDocument.Parse((await Slug.SlugAsync(cancellationToken, "builds", app, "--json")).Output);
        var failed = builds.RootElement.EnumerateArray().First(build => build.GetProperty("status").GetString() == "failed").GetProperty("id").GetString();
        return
        [
            ("apps", "/"), ("events", "/ui/events"), ("system", "/ui/system"), ("app", $"/ui/apps/{app}"), ("build", $"/ui/builds/{failed}"), ("releases", $"/ui/apps/{app}/releases"),
            ("droplets", $"/ui/apps/{app}/droplets"), ("droplet", $"/ui/apps/{app}/droplets/v2?path=app"), ("compare", $"/ui/apps/{app}/compare?left=v1&right=v2"),
            ("config", $"/ui/apps/{app}/config"), ("buildpacks", $"/ui/apps/{app}/buildpacks"), ("webhooks", $"/ui/apps/{app}/webhooks"),
        ];
    }

    // Presses the keys that a person would who sees where the focus is.
    private static async Task FollowAsync(IPage page, string link)
    {
        for (var presses = 0; presses < 800 && await FocusAsync(page) != link; presses++)
            await page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusAsync(page), Is.EqualTo(link));
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"), "the focus is seen");
        await EnterAsync(page);
    }

    private static async Task EnterAsync(IPage page)
    {
        var before = page.Url;
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url != before);
    }

    private static Task<string> FocusAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Digits();
}
