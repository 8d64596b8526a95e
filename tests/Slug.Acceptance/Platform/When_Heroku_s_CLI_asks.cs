namespace Slug.Acceptance.Platform;

/// <summary>Each command that docs/api.md lists, with Heroku's own program; those that only look run side by side.</summary>
[Parallelizable]
public class When_Heroku_s_CLI_asks
{
    private static readonly (string Command, string Answer)[] looks =
    [
        ("auth:whoami", "admin@slug.localhost"),
        ("apps", "APP"),
        ("apps:info -a APP", "Owner:          admin@slug.localhost"),
        ("config -a APP", "COLOUR: blue"),
        ("config:get COLOUR -a APP", "blue"),
        ("buildpacks -a APP", "APP has no Buildpacks"),
        ("releases -a APP", "Set COLOUR config vars"),
        ("releases:info v1 -a APP", "COLOUR: blue"),
        ("ps -a APP", "No dynos on APP"),
        ("stack -a APP", "* bookworm"),
        ("addons -a APP", "No add-ons for app APP"),
        ("domains -a APP", "Heroku Domain"),
        ("features -a APP", "App Features"),
        ("authorizations", "admin of all apps"),
        ("teams", "Team"),
    ];

    private static readonly (string Command, string Reason)[] refused =
    [
        ("rollback -a APP", "No eligible release found"),
        ("ps:scale web=2 -a APP", "SLUG6118"),
        ("run ls -a APP", "SLUG6120"),
        ("addons:create redis -a APP", "SLUG6120"),
        ("domains:add example.org -a APP", "SLUG6120"),
        ("pipelines", "SLUG6120"),
        ("keys", "SLUG6120"),
        ("maintenance:on -a APP", "SLUG6110"),
        ("buildpacks:set heroku/cobol -a APP", "SLUG2201"),
        ("stack:set heroku-99 -a APP", "SLUG6108"),
        ("apps:info -a no-such-app", "SLUG6105"),
        ("releases:info v77 -a APP", "SLUG6111"),
        ("config:set 1X=y -a APP", "SLUG6004"),
    ];

    private readonly string app = Slugs.NewName();
    private HerokuCli heroku = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        using var patience = Slugs.Patience();
        heroku = new(Slugs.Scripted);
        await heroku.RunAsync(patience.Token, "apps:create", app);
        await heroku.RunAsync(patience.Token, "config:set", "COLOUR=blue", "-a", app);
    }

    [OneTimeTearDown]
    public void Forget() => heroku.Dispose();

    [Test, CancelAfter(120_000)]
    public Task Should_be_told_what_there_is(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(looks, cancellationToken, async (look, stop) =>
        {
            var said = Said(await heroku.RunAsync(stop, Words(look.Command)));
            Assert.That(said, Does.Contain(Named(look.Answer)), look.Command);
        });

    [Test, CancelAfter(120_000)]
    public Task Should_be_told_why_what_cannot_be_is_not(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(refused, cancellationToken, async (wrong, stop) =>
        {
            var result = await heroku.TryAsync(stop, Words(wrong.Command));
            Assert.That(result.ExitCode, Is.Not.Zero, wrong.Command);
            Assert.That(Said(result.Output), Does.Contain(wrong.Reason), wrong.Command);
        });

    [Test, CancelAfter(120_000)]
    public async Task Should_change_the_buildpacks_of_an_app(CancellationToken cancellationToken)
    {
        var own = await NewAppAsync(cancellationToken);
        await heroku.RunAsync(cancellationToken, "buildpacks:set", "heroku/script", "-a", own);
        await heroku.RunAsync(cancellationToken, "buildpacks:add", "https://git.example.org/own.git#v1", "-a", own);
        Assert.That(await heroku.RunAsync(cancellationToken, "buildpacks", "-a", own), Does.Contain("1. heroku/script").And.Contains("2. https://git.example.org/own.git#v1"));
        await heroku.RunAsync(cancellationToken, "buildpacks:remove", "heroku/script", "-a", own);
        Assert.That(await heroku.RunAsync(cancellationToken, "buildpacks", "-a", own), Does.Contain("https://git.example.org/own.git#v1").And.Not.Contains("script"));
        Assert.That(await heroku.RunAsync(cancellationToken, "buildpacks:clear", "-a", own), Does.Contain("Buildpacks cleared"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_take_config_vars_and_the_app_away(CancellationToken cancellationToken)
    {
        var own = await NewAppAsync(cancellationToken);
        await heroku.RunAsync(cancellationToken, "config:set", "ONE=1", "TWO=2", "-a", own);
        Assert.That(await heroku.RunAsync(cancellationToken, "config:unset", "ONE", "-a", own), Does.Contain("done, v2"));
        Assert.That(await heroku.RunAsync(cancellationToken, "config", "-a", own), Does.Contain("TWO: 2").And.Not.Contains("ONE"));
        await heroku.RunAsync(cancellationToken, "apps:destroy", own, "--confirm", own);
        Assert.That((await heroku.TryAsync(cancellationToken, "apps:info", "-a", own)).Output, Does.Contain("SLUG6105"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_set_a_remote_that_the_CLI_knows_the_app_by(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(new Dictionary<string, string> { ["file"] = "content" }, cancellationToken);
        await heroku.RunAsync(folder.Path, cancellationToken, "git:remote", "-a", app);
        Assert.That((await folder.GitAsync(cancellationToken, "remote", "-v")).Output, Does.Contain($"https://{new Uri(Slugs.Scripted.Url).Authority}/{app}.git"));
        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "config"), Does.Contain("COLOUR: blue"));
    }

    private async Task<string> NewAppAsync(CancellationToken cancellationToken)
    {
        var name = Slugs.NewName();
        await heroku.RunAsync(cancellationToken, "apps:create", name);
        return name;
    }

    private string[] Words(string command) => Named(command).Split(' ');

    private string Named(string text) => text.Replace("APP", app, StringComparison.Ordinal);

    // Long messages are broken into lines that begin with a mark.
    private static string Said(string output) => string.Join(' ', output.Split(['\n', '›'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
