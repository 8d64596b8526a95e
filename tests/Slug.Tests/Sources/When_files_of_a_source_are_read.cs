using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;
using Slug.Sources;
using Slug.Tests.Pushes;

namespace Slug.Tests.Sources;

[CancelAfter(60_000)]
internal sealed class When_files_of_a_source_are_read : PushSituation
{
    private IReadOnlyList<string?> read = [];

    [SetUp]
    public void Read() => Host.Builds.Answer = AnswerAsync;

    [Test]
    public async Task Should_be_had_in_the_order_of_their_names_before_the_push_is_accepted()
    {
        await Client.CommitAsync(".buildpacks", "nodejs\nß\n");
        await Client.CommitAsync("app.json", "{}");

        Assert.That((await Client.PushAsync("main")).ExitCode, Is.Zero);
        Assert.That(read, Is.EqualTo((string?[])["{}", "nodejs\nß\n"]));
    }

    [Test]
    public async Task Should_be_none_where_there_is_none()
    {
        await Client.PushAsync("main");

        Assert.That(read, Is.EqualTo((string?[])[null, null]));
    }

    [Test]
    public async Task Should_be_none_where_there_is_a_folder_or_far_too_much()
    {
        await Client.CommitAsync("app.json/file", "{}");
        await Client.CommitAsync(".buildpacks", new string('x', 100_001));

        await Client.PushAsync("main");

        Assert.That(read, Is.EqualTo((string?[])[null, null]));
    }

    private async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = (SourceResult.Read)await Host.Services.GetRequiredService<SourceReader>().ReadAsync(push, cancellationToken);
        read = await Host.Services.GetRequiredService<SourceFiles>().ReadAsync(source.Source, ["app.json", ".buildpacks"], cancellationToken);
        yield return new PushReply.Accepted();
    }
}
