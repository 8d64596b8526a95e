using Slug.Builder.Rehearsals;
using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Rehearsals;

internal sealed class RehearsalTests
{
    private static readonly BuildJob job = new()
    {
        BuildId = "1",
        App = "hello",
        Buildpacks = [],
        Environment = new Dictionary<string, string>(),
        ConfigVars = new Dictionary<string, string>(),
        DropletLimit = 1,
        MemoryLimit = 1,
        ProcessLimit = 1,
    };

    [Test]
    [CancelAfter(60_000)]
    public async Task A_job_that_is_there_already_is_given(CancellationToken cancellationToken) =>
        Assert.That(await Rehearsal.WhileAsync(Task.FromResult(job), _ => Task.CompletedTask, cancellationToken), Is.SameAs(job));

    [Test]
    [CancelAfter(60_000)]
    public async Task A_rehearsal_goes_through_every_phase(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        Assert.That(await new Rehearsal(folder.At("")).BuildAsync(cancellationToken), Is.Zero);
        Assert.That(File.Exists(folder.At("app/.slug/launch")), Is.True);
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_service_that_is_gone_ends_it_as_without_a_rehearsal(CancellationToken cancellationToken)
    {
        var gone = Task.FromException<BuildJob>(new HttpRequestException("gone"));

        Assert.That(async () => await Rehearsal.WhileAsync(gone, _ => Task.CompletedTask, cancellationToken), Throws.TypeOf<HttpRequestException>());
    }
}
