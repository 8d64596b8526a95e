using Slug.Apps;
using Slug.Hosting;
using Slug.Tests.Commands;
using Slug.Tests.Pushes;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

[CancelAfter(60_000)]
public sealed class TokenStoreTests
{
    private readonly FakeTime time = new();
    private ScratchFolder folder = null!;
    private DataDirectory data = null!;
    private Database database = null!;
    private TokenStore tokens = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        data = new(folder.Path);
        data.Create();
        database = new(data);
        tokens = new(database, data, time);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_token_opens_what_it_was_given_for(CancellationToken cancellationToken)
    {
        var app = await new AppStore(database, time).FindOrCreateAsync(AppName.Parse("hello"), "tests", cancellationToken);
        var token = await CreateAsync("ci", app.Name, null, cancellationToken);
        var grant = (await tokens.FindAsync(token, cancellationToken))!;
        Assert.That((grant.Name, grant.App, $"{grant}"), Is.EqualTo(("ci", (AppName?)app.Name, "read, deploy of hello")));
        Assert.That(await tokens.FindAsync(Token.Create(), cancellationToken), Is.Null);
    }

    [Test]
    public async Task Past_its_time_it_opens_nothing(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("ci", null, time.GetUtcNow().AddHours(1), cancellationToken);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.That(await tokens.FindAsync(token, cancellationToken), Is.Not.Null);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await tokens.FindAsync(token, cancellationToken), Is.Null);
    }

    [Test]
    public async Task Taken_back_it_opens_nothing_and_its_name_is_free(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("ci", null, null, cancellationToken);
        Assert.That(await tokens.RevokeAsync("ci", "anna", cancellationToken), Is.True);
        Assert.That(await tokens.FindAsync(token, cancellationToken), Is.Null);
        Assert.That(await tokens.RevokeAsync("ci", "anna", cancellationToken), Is.False);
        await CreateAsync("ci", null, null, cancellationToken);
    }

    [Test]
    public async Task It_goes_with_its_app(CancellationToken cancellationToken)
    {
        var apps = new AppStore(database, time);
        var app = await apps.FindOrCreateAsync(AppName.Parse("hello"), "tests", cancellationToken);
        var token = await CreateAsync("ci", app.Name, null, cancellationToken);
        await apps.DestroyAsync(app, "tests", cancellationToken);
        Assert.That(await tokens.FindAsync(token, cancellationToken), Is.Null);
    }

    [Test]
    public async Task Its_last_use_is_known_to_the_minute(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("ci", null, null, cancellationToken);
        Assert.That((await tokens.ListAsync(cancellationToken)).Single().UsedAt, Is.Null);
        await tokens.FindAsync(token, cancellationToken);
        var first = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(30));
        await tokens.FindAsync(token, cancellationToken);
        Assert.That((await tokens.ListAsync(cancellationToken)).Single().UsedAt, Is.EqualTo(first), "no write for each request");
        time.Advance(TimeSpan.FromSeconds(31));
        await tokens.FindAsync(token, cancellationToken);
        Assert.That((await tokens.ListAsync(cancellationToken)).Single().UsedAt, Is.EqualTo(time.GetUtcNow()));
    }

    [Test]
    public async Task The_secret_is_nowhere_in_the_data(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("ci", null, null, cancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
            Assert.That(await File.ReadAllTextAsync(file, cancellationToken), Does.Not.Contain(token.Reveal()[4..]), file);
    }

    [Test]
    public async Task Without_its_file_the_operator_gets_a_new_token_and_the_old_one_opens_nothing(CancellationToken cancellationToken)
    {
        await tokens.EnsureAdminAsync(cancellationToken);
        var first = await ReadAsync(cancellationToken);
        File.Delete(data.Token);
        await tokens.EnsureAdminAsync(cancellationToken);
        Assert.That(await tokens.FindAsync(first, cancellationToken), Is.Null);
        Assert.That((await tokens.FindAsync(await ReadAsync(cancellationToken), cancellationToken))!.Scopes, Is.EqualTo((Scope[])[Scope.Admin]));
    }

    private async Task<Token> ReadAsync(CancellationToken cancellationToken) =>
        Token.TryRead((await File.ReadAllTextAsync(data.Token, cancellationToken)).Trim(), out var token) ? token : throw new FormatException();

    private async Task<Token> CreateAsync(string name, AppName? app, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        (await tokens.CreateAsync(new(name, app, new HashSet<Scope> { Scope.Read, Scope.Deploy }), expiresAt, "tests", cancellationToken))!.Value;
}
