using Slug.Bootstrap;
using Slug.Commands;
using Slug.Hosting;

namespace Slug.Tests.Bootstrap;

public class When_an_upgrade_is_asked_for
{
    private SlugRepository repository = null!;

    [SetUp]
    public async Task CreateAsync() => repository = await SlugRepository.CreateAsync(CancellationToken.None);

    [TearDown]
    public void Remove() => repository.Dispose();

    [Test, CancelAfter(60_000)]
    public async Task Should_go_to_a_later_commit(CancellationToken cancellationToken)
    {
        var running = await CommitWithSchemaAsync(Migrations.Latest, cancellationToken);
        var later = await repository.CommitAsync(cancellationToken, "news");
        Assert.That(await IsNewAsync(later, running, cancellationToken));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_have_nothing_to_do_for_the_commit_that_runs(CancellationToken cancellationToken)
    {
        var running = await CommitWithSchemaAsync(Migrations.Latest, cancellationToken);
        Assert.That(await IsNewAsync(running, running, cancellationToken), Is.False);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_an_older_commit_and_say_why(CancellationToken cancellationToken)
    {
        var older = await CommitWithSchemaAsync(Migrations.Latest, cancellationToken);
        var running = await repository.CommitAsync(cancellationToken, "news");
        Assert.That(
            async () => await IsNewAsync(older, running, cancellationToken),
            Throws.InstanceOf<CommandException>().With.Message.Match($"SLUG9824: .*{older}.* is older than .*{running}"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_a_commit_that_does_not_know_the_data(CancellationToken cancellationToken)
    {
        var older = await CommitWithSchemaAsync(Migrations.Latest - 1, cancellationToken);
        Assert.That(
            async () => await IsNewAsync(older, null, cancellationToken),
            Throws.InstanceOf<CommandException>().With.Message.StartsWith("SLUG9821"));
    }

    private Task<string> CommitWithSchemaAsync(int scripts, CancellationToken cancellationToken) =>
        repository.CommitAsync(cancellationToken, ["Slug.sln", .. Enumerable.Range(1, scripts).Select(number => $"src/Slug/Hosting/Schema/{number:0000}.sql")]);

    private async Task<bool> IsNewAsync(string commit, string? running, CancellationToken cancellationToken) =>
        await UpgradeCheck.IsNewAsync(await SelfSource.ReadAsync(repository.Path, commit, cancellationToken), running, cancellationToken);
}
