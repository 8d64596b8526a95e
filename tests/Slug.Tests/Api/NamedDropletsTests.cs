using Dapper;
using Slug.Api;
using Slug.Apps;
using Slug.Content;
using Slug.Releases;
using Slug.Tests.Droplets.Records;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
public class NamedDropletsTests
{
    private static readonly Grant grant = new("tests", null, new HashSet<Scope> { Scope.Read });

    private RecordScene scene = null!;
    private NamedDroplets named = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        scene = await RecordScene.OpenAsync();
        var releases = new ReleaseStore(scene.Store.Database, new(scene.Store.Database, scene.Key), TimeProvider.System);
        named = new(scene.Store.Apps, releases, scene.Compression(), new(scene.Store.Database), scene.Records);
    }

    [TearDown]
    public void Close() => scene.Dispose();

    [Test]
    public async Task A_droplet_is_found_by_app_release_digest_and_first_digits(CancellationToken cancellationToken)
    {
        var (first, second) = (await ReleaseAsync("one"), await ReleaseAsync("two"));
        Assert.That(await FindAsync("app", cancellationToken), Is.EqualTo(second));
        Assert.That(await FindAsync("app@v1", cancellationToken), Is.EqualTo(first));
        Assert.That(await FindAsync(first.ToString(), cancellationToken), Is.EqualTo(first));
        Assert.That(await FindAsync(first.Hex[..12], cancellationToken), Is.EqualTo(first));
    }

    [TestCase("app", "SLUG5001")]
    [TestCase("app@v1", "SLUG4153")]
    [TestCase("app@", "SLUG4153")]
    [TestCase("nothing", "SLUG4151")]
    [TestCase("0123456789ab", "SLUG4151")]
    [TestCase("0123456789a", "SLUG4151")]
    [TestCase("sha256:%%%%%%%%%%%%", "SLUG4151")]
    [TestCase("", "SLUG4151")]
    public async Task What_is_not_there_is_refused_with_a_reason(string text, string code, CancellationToken cancellationToken) =>
        Assert.That((await named.FindAsync(text, grant, Scope.Read, cancellationToken) as NamedResult.Unknown)?.Code, Is.EqualTo(code));

    [TestCase("app")]
    [TestCase("app@v1")]
    [TestCase("DIGEST")]
    public async Task A_droplet_is_not_there_for_the_token_of_another_app(string text, CancellationToken cancellationToken)
    {
        var droplet = await ReleaseAsync("one");
        var others = grant with { App = AppName.Parse("other") };
        var refused = (NamedResult.Unknown)await named.FindAsync(text.Replace("DIGEST", droplet.ToString(), StringComparison.Ordinal), others, Scope.Read, cancellationToken);
        Assert.That(refused.Code, Is.EqualTo("SLUG4151"));
    }

    [Test]
    public async Task Digits_that_two_droplets_begin_with_are_refused_and_both_are_named(CancellationToken cancellationToken)
    {
        var digits = new string('a', 12);
        Digest[] both = [Digest.Parse($"sha256:{digits}{new string('0', 52)}"), Digest.Parse($"sha256:{digits}{new string('1', 52)}")];
        foreach (var digest in both)
            await scene.Store.Database.WriteAsync(
                db => db.Execute(
                    "insert into droplets values (@digest, @digest, '{}', 'bookworm', 1, '', 1); insert into app_droplets values (@Id, @digest, @digest, '', '')", new { digest, scene.Store.App.Id }),
                cancellationToken);
        var refused = (NamedResult.Unknown)await named.FindAsync(digits, grant, Scope.Read, cancellationToken);
        Assert.That(refused.Code, Is.EqualTo("SLUG4152"));
        Assert.That(refused.Reason, Does.Contain($"{both[0]}").And.Contain($"{both[1]}"));
    }

    [Test]
    public async Task A_droplet_of_an_older_Slug_has_no_record_and_it_is_said_how_to_get_one(CancellationToken cancellationToken)
    {
        await ReleaseAsync("one");
        await scene.Store.Database.WriteAsync(db => db.Execute("delete from droplet_records"), cancellationToken);
        var refused = (NamedResult.Unknown)await named.FindAsync("app", grant, Scope.Read, cancellationToken);
        Assert.That((refused.Code, refused.Reason.Contains("git push -o no-cache", StringComparison.Ordinal)), Is.EqualTo(("SLUG4150", true)));
    }

    private async Task<Digest> ReleaseAsync(string content)
    {
        var droplet = await scene.MakeAsync(scene.Plan(), await scene.OutcomeAsync(content));
        await scene.Store.Database.WriteAsync(
            db => db.Execute(
                "insert into releases (app_id, version, droplet, description, config, created_at) select @Id, count(*) + 1, @Digest, '', '{}', @CreatedAt from releases",
                new { scene.Store.App.Id, droplet.Digest, droplet.CreatedAt }),
            CancellationToken.None);
        return droplet.Digest;
    }

    private async Task<Digest?> FindAsync(string text, CancellationToken cancellationToken) =>
        (await named.FindAsync(text, grant, Scope.Read, cancellationToken) as NamedResult.Found)?.Droplet.Digest;
}
