using System.Text.Json;
using Slug.Verifications;

namespace Slug.Acceptance.Droplets;

[Parallelizable]
public class When_a_droplet_is_verified
{
    [Test, CancelAfter(120_000)]
    public async Task Should_be_made_again_byte_for_byte_and_leave_the_app_as_it_was(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("test ! -e $CACHE_DIR/kept; echo $? >warm; echo kept >$CACHE_DIR/kept; cat $ENV_DIR/* 2>/dev/null >vars; echo $SOURCE_VERSION >version", cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "GREETING=hello");
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Released v2"));
        // What the app is by now is none of the verification's business.
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "LATER=1");
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "buildpacks", app, "set", "procfile")).ExitCode, Is.Zero);
        var before = await StateAsync(app, folder, cancellationToken);

        var verified = await VerifyAsync(app, cancellationToken);

        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        Assert.That(verified.Output, Does.Match("-----> Identical: sha256:[0-9a-f]{64} was made again byte for byte in [0-9.]+s"));
        Assert.That(await StateAsync(app, folder, cancellationToken), Is.EqualTo(before));
        var builds = await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app);
        Assert.That(builds.Output, Does.Contain("verified: identical"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output, Does.Not.Contain("verification"), "an app's latest build is one that was to become a droplet");
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_name_each_file_that_differs_how_it_does_and_the_phase_that_wrote_it_last(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(
            """
            mkdir deep; echo same >deep/same; head -c 8 /dev/urandom >deep/random
            (printf %01000d 0; date +%N) >time; ln -s $REQUEST_ID link; touch only-$REQUEST_ID
            """,
            cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        var verified = await VerifyAsync(app, cancellationToken);
        var report = await ReportAsync(app, cancellationToken);

        Assert.That(verified.ExitCode, Is.EqualTo(1), verified.Output);
        const string phase = "phase compile \\(bin/compile of script\\)";
        Assert.That(verified.Output, Does.Contain("SLUG4180").And.Match($" !       ./app/deep/random has other contents, from byte 0 on \\(8 bytes in the droplet, 8 in the rebuild\\); {phase}"));
        Assert.That(verified.Output, Does.Match($"./app/time has other contents, from byte 100[0-9] on .*; {phase}").And.Match($"./app/link leads to '.+' in the droplet, leads to '.+' in the rebuild; {phase}"));
        Assert.That(verified.Output, Does.Match("./app/only-.* is only in the droplet; phase none").And.Match($"./app/only-.* is only in the rebuild; {phase}"));
        Assert.That(verified.Output, Does.Not.Contain("deep/same").And.Not.Contain("Procfile "));
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Different));
        Assert.That(report.Differences, Has.Count.EqualTo(5));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app)).Output, Does.Contain("verified: different"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_told_which_config_vars_have_changed_since(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("cat $ENV_DIR/*  >vars", cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "GONE=a", "CHANGED=before-it", "KEPT=kept");
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "CHANGED=after-it", "--unset", "GONE")).ExitCode, Is.Zero);

        var verified = await VerifyAsync(app, cancellationToken);

        Assert.That(verified.ExitCode, Is.EqualTo(3), verified.Output);
        Assert.That(verified.Output, Does.Contain("SLUG4186").And.Contains(": CHANGED, GONE;").And.Not.Contain("KEPT").And.Not.Contain("after-it"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_told_that_there_is_no_such_droplet(CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["nobody-s", new string('0', 64), "Not a name"])
        {
            var verified = await VerifyAsync(name, cancellationToken);
            Assert.That(verified.ExitCode, Is.EqualTo(3), verified.Output);
            Assert.That(verified.Output, Does.Contain("SLUG4151").And.Contains($"'{name}'"));
        }
    }

    private static Task<ProgramResult> VerifyAsync(string name, CancellationToken cancellationToken) => Slugs.Scripted.SlugAsync(cancellationToken, "verify", name);

    private static async Task<VerificationReport> ReportAsync(string app, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize((await Slugs.Scripted.SlugAsync(cancellationToken, "verify", app, "--json")).Output, VerificationJson.Default.VerificationReport)!;

    // All that a push would change.
    private static async Task<string> StateAsync(string app, GitFolder folder, CancellationToken cancellationToken)
    {
        var state = "";
        foreach (var command in (string[][])[["releases", app], ["droplets", app, "--json"], ["cache", app], ["config", app]])
            state += (await Slugs.Scripted.SlugAsync(cancellationToken, command)).Output;
        return state + (await folder.GitAsync(cancellationToken, "ls-remote", Slugs.Scripted.RemoteOf(app))).Output;
    }
}
