using System.Diagnostics;
using System.Net;
using Slug.Acceptance.Dashboard;

namespace Slug.Acceptance.Webhooks;

[Parallelizable]
public class When_a_forge_sends_a_push
{
    private Installation slug = null!;
    private ForgeApi forge = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--fetch-allow", "127.0.0.0/8"], patience.Token);
        forge = await ForgeApi.StartAsync(patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await forge.DisposeAsync();
        await slug.DisposeAsync();
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_make_it_a_release_and_say_so_to_the_forge(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "echo compiled", cancellationToken);
        await repository.PushAsync(null, cancellationToken);
        var commit = await repository.PushAsync("echo compiled again", cancellationToken);

        var watch = Stopwatch.StartNew();
        Assert.That(await repository.SendAsync(commit, "first", cancellationToken), Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));

        var told = await forge.OfAsync(commit, 2, cancellationToken);
        var delivery = await repository.DeliveryAsync("first", "succeeded", cancellationToken);
        Assert.That(told.Select(status => status.State), Is.EqualTo((string[])["pending", "success"]));
        Assert.That(told[0].Path, Does.Match("^/api/v3/repos/app-[0-9a-f]+/statuses/"));
        Assert.That(told.Select(status => status.Authorization), Is.All.EqualTo("Bearer status-token"));
        Assert.That(told.Select(status => status.Address), Is.All.EqualTo($"{slug.Url}/ui/builds/{delivery["build"]}"));
        Assert.That(told[1].Description, Is.EqualTo("Released v1"));
        Assert.That((await repository.SlugAsync(cancellationToken, "releases", repository.App, "--json")).Output, Does.Contain(commit));
        Assert.That((await repository.SlugAsync(cancellationToken, "logs", $"{delivery["build"]}")).Output, Does.Contain("compiled again").And.Contains("Released v1"));
        Assert.That((await repository.SlugAsync(cancellationToken, "events", "--app", repository.App)).Output, Does.Match("webhook github .*release.created|release.created .*webhook github"));
        Assert.That(slug.Service.Output, Does.Not.Contain(Slugs.Scripted.Token).And.Not.Contains("status-token"));
        Assert.That((await repository.SlugAsync(cancellationToken, "verify", repository.App)).Output, Does.Contain("Identical: sha256:"), "what was fetched without its history is there to be built again");
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_build_it_again_from_its_page(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "echo compiled", cancellationToken);
        await repository.SendAsync(await repository.PushAsync(null, cancellationToken), "first", cancellationToken);
        var first = (string)(await repository.DeliveryAsync("first", "succeeded", cancellationToken))["build"]!;
        using var dashboard = await SignedIn.AtAsync(slug, cancellationToken);

        var again = await dashboard.BuildAgainAsync(first, cancellationToken);

        Assert.That((await repository.SlugAsync(cancellationToken, "logs", again, "--follow")).Output, Does.Contain("compiled").And.Contains("Released v2"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_say_to_the_forge_that_and_why_a_build_failed(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "exit 7", cancellationToken);
        var commit = await repository.PushAsync(null, cancellationToken);

        await repository.SendAsync(commit, "first", cancellationToken);

        var told = await forge.OfAsync(commit, 2, cancellationToken);
        Assert.That(told.Select(status => status.State), Is.EqualTo((string[])["pending", "failure"]));
        Assert.That(told[1].Description, Does.Match("^SLUG3.*exited with 7"));
        Assert.That((string?)(await repository.DeliveryAsync("first", "failed", cancellationToken))["reason"], Does.StartWith("SLUG3"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_build_its_large_files_and_submodules_as_of_a_push(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "", cancellationToken);
        var large = string.Join('\n', Enumerable.Range(0, 100_000));
        var commit = await repository.PushMoreAsync(large, "wc -l large.dat; cat lib/lib.txt", withFiles: true, cancellationToken);
        await repository.SendAsync(commit, "first", cancellationToken);

        var delivery = await repository.DeliveryAsync("first", "succeeded", cancellationToken);
        var log = (await repository.SlugAsync(cancellationToken, "logs", $"{delivery["build"]}")).Output;
        Assert.That(log, Does.Contain("Git LFS: 1 file, 589 KB").And.Contains("-----> Submodule 'lib'").And.Contains("99999 large.dat").And.Contains("from the library"));

        var without = await repository.PushMoreAsync("another " + large, "exit 7", withFiles: false, cancellationToken);
        await repository.SendAsync(without, "second", cancellationToken);
        Assert.That((string?)(await repository.DeliveryAsync("second", "failed", cancellationToken))["reason"], Does.StartWith("SLUG6242").And.Contains("'large.dat'"));
        Assert.That((await forge.OfAsync(without, 2, cancellationToken))[1], Has.Property("State").EqualTo("failure").And.Property("Description").StartWith("SLUG6242"));

        await repository.PushFilesAsync(cancellationToken);
        Assert.That(await repository.SendAsync(without, "second", cancellationToken), Is.EqualTo(HttpStatusCode.Accepted), "no build began");
        await Eventually.TrueAsync(async () => ((string?)(await repository.DeliveryAsync("second", "failed", cancellationToken))["reason"])!.StartsWith("SLUG3", StringComparison.Ordinal), cancellationToken);
        Assert.That(await repository.SendAsync(without, "second", cancellationToken), Is.EqualTo(HttpStatusCode.OK), "one did, and failed");

        Assert.That((await repository.SlugAsync(cancellationToken, "gc")).Output, Does.Contain("fetched commits"));
        Assert.That((await repository.SlugAsync(cancellationToken, "verify", repository.App)).Output, Does.Contain("Identical: sha256:"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_build_once_what_is_sent_twice_or_was_caught(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "sleep 2", cancellationToken);
        var commit = await repository.PushAsync(null, cancellationToken);

        Assert.That(await repository.SendAsync(commit, "first", cancellationToken), Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await repository.SendAsync(commit, "first", cancellationToken), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await repository.SendAsync(commit, "caught", cancellationToken), Is.EqualTo(HttpStatusCode.Conflict));
        await repository.DeliveryAsync("first", "succeeded", cancellationToken);
        Assert.That(await repository.SendAsync(commit, "first", cancellationToken), Is.EqualTo(HttpStatusCode.OK));

        Assert.That(await repository.DeliveriesAsync(cancellationToken), Has.Count.EqualTo(1));
        Assert.That((await repository.SlugAsync(cancellationToken, "releases", repository.App)).Output, Does.Contain("v1").And.Not.Contains("v2"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_pass_over_what_a_newer_push_has_left_behind(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "sleep 4", cancellationToken);
        var first = await repository.PushAsync(null, cancellationToken);
        await repository.SendAsync(first, "first", cancellationToken);
        await repository.DeliveryAsync("first", "building", cancellationToken);
        var second = await repository.PushAsync("echo second", cancellationToken);
        var third = await repository.PushAsync("echo third", cancellationToken);

        // Deliveries overtake each other, too.
        await repository.SendAsync(third, "third", cancellationToken);
        await repository.SendAsync(second, "second", cancellationToken);

        await repository.DeliveryAsync("third", "succeeded", cancellationToken);
        Assert.That((string?)(await repository.DeliveryAsync("second", "superseded", cancellationToken))["reason"], Does.StartWith("SLUG6212"));
        Assert.That((await forge.OfAsync(third, 2, cancellationToken))[1].Description, Is.EqualTo("Released v2"));
        Assert.That(await forge.OfAsync(second, 0, cancellationToken), Is.Empty);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_build_it_after_a_crash_of_the_service(CancellationToken cancellationToken)
    {
        using var repository = await PushedRepository.CreateAsync(slug, forge, "sleep 4", cancellationToken);
        var commit = await repository.PushAsync(null, cancellationToken);
        await repository.SendAsync(commit, "first", cancellationToken);
        await forge.OfAsync(commit, 1, cancellationToken);
        await Eventually.TrueAsync(async () => (await repository.SlugAsync(cancellationToken, "builds", repository.App)).Output.Contains("running", StringComparison.Ordinal), cancellationToken);

        await slug.KillAsync(cancellationToken);
        await slug.ServeAsync(cancellationToken);

        await repository.DeliveryAsync("first", "succeeded", cancellationToken);
        Assert.That((await forge.OfAsync(commit, 3, cancellationToken)).Select(status => status.State), Is.EqualTo((string[])["pending", "pending", "success"]));
        Assert.That((await repository.SlugAsync(cancellationToken, "releases", repository.App)).Output, Does.Contain("v1").And.Not.Contains("v2"));
        Assert.That((await repository.SlugAsync(cancellationToken, "builds", repository.App)).Output, Does.Contain("failed").And.Contains("succeeded"));
    }
}
