using Slug.Tests.Buildpacks;

namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public class When_an_app_chooses_its_buildpacks
{
    private Installation slug = null!;
    private BuildpackHost host = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        host = await BuildpackHost.StartAsync();
        slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--fetch-allow", "127.0.0.0/8"], patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await slug.DisposeAsync();
        await host.DisposeAsync();
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_compiled_by_two_of_its_app_json(CancellationToken cancellationToken)
    {
        using var folder = await FolderAsync(cancellationToken, ("app.json", """{"buildpacks": [{"url": "script"}, "procfile"]}"""), ("compile.sh", "echo compiled by script"));
        var push = await folder.PushAsync(slug, Slugs.NewName(), cancellationToken);

        Assert.That(push.Output, Does.Contain("Buildpacks by app.json: script, procfile").And.Contains("Script app detected").And.Contains("Procfile app detected"));
        Assert.That(push.Output, Does.Contain("compiled by script").And.Contains("Released v1"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_be_compiled_by_a_repository_an_archive_and_a_folder_in_order(CancellationToken cancellationToken)
    {
        await host.CommitAsync(BuildpackHost.Programs("echo FromGit", "echo git >> $1/order; echo 'export WORD=passed-on' > export"));
        var archive = host.Archive("b.tgz", BuildpackHost.Programs("echo FromArchive", "echo \"archive $WORD\" >> $1/order"));
        var app = Slugs.NewName();
        using var folder = await FolderAsync(
            cancellationToken,
            (".buildpacks", $"# three of them\n{host.Repository}#main\n{archive} ./own\n"),
            ("own/bin/detect", "#!/bin/bash\necho FromFolder\n"),
            ("own/bin/compile", "#!/bin/bash\necho folder >> $1/order; echo \"order: $(tr '\\n' ' ' < $1/order)\"\n"),
            ("own/bin/report", "#!/bin/bash\necho 'tool_version: 1.10'\n"),
            ("own/bin/release", "#!/bin/bash\necho 'default_process_types: {worker: cat order}'\n"));
        var push = await folder.PushAsync(slug, app, cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain($"Buildpacks by .buildpacks: {host.Repository}#main, {archive}, ./own"));
        Assert.That(push.Output, Does.Contain("order: git archive passed-on folder").And.Contains("Defaults of ./own -> worker"));
        Assert.That((await slug.SlugAsync(cancellationToken, "builds", app, "--json")).Output, Does.Contain("\"tool_version\": \"1.10\"").And.Contains("\"buildpack\": \"./own\""));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_be_compiled_anew_when_a_buildpack_has_moved_and_only_then(CancellationToken cancellationToken)
    {
        await host.CommitAsync(BuildpackHost.Programs("echo Moving", "echo first form"));
        var app = Slugs.NewName();
        using var folder = await FolderAsync(cancellationToken, (".buildpacks", host.Repository));
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("first form").And.Contains("Released v1"));

        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("is current").And.Contains("Released v2"));

        await host.CommitAsync(BuildpackHost.Programs("echo Moving", "echo second form"));
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("second form").And.Contains("Released v3"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_be_compiled_by_the_push_before_the_setting_before_the_app_json_before_the_list(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await FolderAsync(cancellationToken, (".buildpacks", "procfile"), ("compile.sh", "true"));
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("Buildpacks by .buildpacks: procfile"));

        await folder.CommitAsync(new Dictionary<string, string> { ["app.json"] = """{"buildpacks": ["script"]}""" }, cancellationToken);
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("Buildpacks by app.json: script"));

        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "set", "script", "procfile")).Output, Does.Contain("script\nprocfile"));
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        Assert.That((await folder.PushAsync(slug, app, cancellationToken)).Output, Does.Contain("Buildpacks by setting of the app: script, procfile"));

        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        var wished = await folder.PushAsync(slug, app, cancellationToken, "-o", "buildpack=heroku/procfile", "-o", "buildpack=script", "main");
        Assert.That(wished.Output, Does.Contain("Buildpacks by push option: procfile, script").And.Contains("Released v4"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_told_what_cannot_be_fetched_and_keep_what_runs(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await FolderAsync(cancellationToken);
        await folder.PushAsync(slug, app, cancellationToken, "-o", "buildpack=procfile", "main");

        foreach (var (address, words) in ((string, string)[])
            [
                ($"{host.Url}/none.git", "SLUG2213"), ($"{host.Url}/files/none.tgz", "answered with 404"), ($"{host.Repository}#v9", "no branch, tag or commit 'v9'"),
                ("acme/unknown", "SLUG2200"), ("unknown", "SLUG2201"), ("https://169.254.169.254/b.tgz", "SLUG2211"), ("file:///etc", "SLUG2200"), ("./missing", "SLUG3200"),
            ])
        {
            await folder.CommitAsync(new Dictionary<string, string> { ["note"] = address }, cancellationToken);
            var push = await folder.PushAsync(slug, app, cancellationToken, "-o", $"buildpack={address}", "main");
            Assert.That(push.ExitCode, Is.Not.Zero, address);
            Assert.That(push.Output, Does.Contain(words).And.Contains("pre-receive hook declined"), address);
        }

        Assert.That((await slug.SlugAsync(cancellationToken, "releases", app)).Output, Does.Contain("v1").And.Not.Contains("v2"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_told_which_one_does_not_know_it(CancellationToken cancellationToken)
    {
        using var folder = await FolderAsync(cancellationToken, (".buildpacks", "procfile script"));
        var push = await folder.PushAsync(slug, Slugs.NewName(), cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG2223: the buildpack 'script'").And.Match("script +exit 1 +no compile.sh"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_keep_passwords_to_itself(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await FolderAsync(cancellationToken);
        var address = host.Repository.Replace("://", "://me:s3cret@", StringComparison.Ordinal);
        await host.CommitAsync(BuildpackHost.Programs("echo Private", "echo compiled in private"));
        var push = await folder.PushAsync(slug, app, cancellationToken, "-o", $"buildpack={address}", "main");
        Assert.That(push.Output, Does.Contain("compiled in private").And.Not.Contains("s3cret"));

        var set = await slug.SlugAsync(cancellationToken, "buildpacks", app, "set", address);
        Assert.That(set.Output, Does.Contain("SLUG2381").And.Contains("netrc").And.Not.Contains("s3cret"));
        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "--json")).Output.Trim(), Is.EqualTo("[]"));
        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "set", host.Repository)).ExitCode, Is.Zero);
        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "remove", host.Repository)).ExitCode, Is.Zero);
        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "remove", "nodejs")).Output, Does.Contain("SLUG2224"));
        Assert.That((await slug.SlugAsync(cancellationToken, "buildpacks", app, "add", "ftp://me:s3cret@host/x")).Output, Does.Contain("SLUG2200").And.Not.Contains("s3cret"));
    }

    private static Task<GitFolder> FolderAsync(CancellationToken cancellationToken, params (string Name, string Content)[] files) =>
        GitFolder.OfAsync(
            files.Append(("Procfile", "web: sleep infinity\n")).ToDictionary(file => file.Item1, file => file.Item2), cancellationToken);
}
