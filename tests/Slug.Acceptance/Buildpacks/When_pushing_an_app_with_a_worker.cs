namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_an_app_with_a_worker
{
    [Test, CancelAfter(60_000)]
    public async Task Should_run_each_of_its_process_types(CancellationToken cancellationToken)
    {
        using var app = await ChangingApp.OfSampleAsync("worker-hello");
        await using var worker = RunningProgram.Start(Installation.Program, ["run", app.Name, "worker", "--data", Slugs.Real.Data]);

        Assert.That(app.FirstPush.Output, Does.Contain("Procfile declares types -> release, web, worker"));
        await worker.SaysAsync("worked", cancellationToken);
        await worker.SignalAsync("TERM", cancellationToken);
        await worker.EndAsync(cancellationToken);
        Assert.That((await app.RunAsync(cancellationToken, "release")).Output, Does.Contain("released"));
    }
}
