using Slug.Hosting;
using Slug.Tests.Commands;
using Slug.Tests.Pushes;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

[CancelAfter(60_000)]
public sealed class SessionStoreTests
{
    private readonly FakeTime time = new();
    private ScratchFolder folder = null!;
    private Database database = null!;
    private TokenStore tokens = null!;
    private SessionStore sessions = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        var data = new DataDirectory(folder.Path);
        data.Create();
        database = new(data);
        tokens = new(database, data, time);
        sessions = new(database, tokens, time);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_session_that_is_used_lasts_and_one_that_is_not_ends(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(null, cancellationToken);
        for (var day = 0; day < 4; day++)
        {
            time.Advance(SessionStore.Lifetime - TimeSpan.FromMinutes(2));
            Assert.That(await sessions.FindAsync(session, cancellationToken), Is.Not.Null);
        }

        time.Advance(SessionStore.Lifetime);
        Assert.That(await sessions.FindAsync(session, cancellationToken), Is.Null);
    }

    [Test]
    public async Task It_opens_nothing_when_its_token_is_past_its_time(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(time.GetUtcNow().AddHours(1), cancellationToken);
        Assert.That((await sessions.FindAsync(session, cancellationToken))!.Name, Is.EqualTo("anna"));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(await sessions.FindAsync(session, cancellationToken), Is.Null);
    }

    [Test]
    public async Task It_goes_with_its_token(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(null, cancellationToken);
        await tokens.RevokeAsync("anna", "tests", cancellationToken);
        Assert.That(await sessions.FindAsync(session, cancellationToken), Is.Null);
    }

    [Test]
    public async Task What_a_browser_holds_is_nowhere_in_the_data(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(null, cancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
            Assert.That(await File.ReadAllTextAsync(file, cancellationToken), Does.Not.Contain(session.Reveal()).And.Not.Contains(session.FormKey), file);
    }

    private async Task<SessionId> SessionAsync(DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var grant = new Grant("anna", null, new HashSet<Scope> { Scope.Read });
        var token = (await tokens.CreateAsync(grant, expiresAt, "tests", cancellationToken))!.Value;
        var session = SessionId.Create();
        await sessions.OpenAsync(session, token, grant, cancellationToken);
        return session;
    }
}
