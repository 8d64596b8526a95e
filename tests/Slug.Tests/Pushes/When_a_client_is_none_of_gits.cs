using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_a_client_is_none_of_gits : PushSituation
{
    private RawPush raw = null!;
    private string head = null!;
    private string[] objects = null!;

    [SetUp]
    public async Task ListObjectsAsync()
    {
        raw = new(Host, Client);
        head = await Client.HeadAsync();
        objects = [.. (await Client.GitAsync("rev-list", "--objects", "--no-object-names", "HEAD")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [TearDown]
    public void Close() => raw.Dispose();

    [Test]
    public async Task Without_side_band_it_gets_the_bare_report()
    {
        var answer = await raw.SendAsync(Command("main", "report-status"), objects);

        Assert.That(answer.Select(line => line.ToString()), Is.EqualTo((string[])["unpack ok\n", "ok refs/heads/main\n", "Flush"]));
    }

    [Test]
    public async Task With_side_band_it_gets_lines_and_then_the_report()
    {
        var answer = await raw.SendAsync(Command("main", "report-status side-band-64k"), objects);

        var bands = answer.Where(line => line.Kind is PktKind.Data).ToLookup(line => line.Payload.Span[0], line => line.ToString()[1..]);
        Assert.That(string.Concat(bands[SideBand.Progress]), Does.Contain("-----> Built\n"));
        Assert.That(string.Concat(bands[SideBand.Data]), Is.EqualTo("000eunpack ok\n0017ok refs/heads/main\n0000"));
        Assert.That(answer[^1].Kind, Is.EqualTo(PktKind.Flush));
    }

    [Test]
    public async Task A_zipped_body_is_understood()
    {
        raw.Gzipped = true;

        var answer = await raw.SendAsync(Command("main", "report-status"), objects);

        Assert.That(answer[0].ToString(), Is.EqualTo("unpack ok\n"));
    }

    [Test]
    public async Task A_gzip_bomb_is_dropped_and_the_service_goes_on()
    {
        raw.Gzipped = true;

        Assert.That(() => raw.SendAsync(new byte[200_000_000]), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());

        Assert.That((await Client.PushAsync("main")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task What_is_no_gzip_is_dropped()
    {
        raw.Gzipped = true;
        using var http = new HttpClient { BaseAddress = Host.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Host.Token) } };
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentType = new("application/x-git-receive-pack-request");
        content.Headers.ContentEncoding.Add("gzip");

        Assert.That(() => http.PostAsync("sample.git/git-receive-pack", content), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await Client.PushAsync("main")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_lone_flush_is_answered_with_nothing() =>
        Assert.That(await raw.SendAsync("0000"u8.ToArray()), Is.Empty);

    [TestCase("refs/heads/../../../escape")]
    [TestCase("refs/heads/a.lock")]
    [TestCase("refs/heads/a\nb")]
    [TestCase("refs/heads/\u202e")]
    public async Task A_funny_ref_name_changes_nothing(string name)
    {
        var answer = await raw.SendAsync($"{ObjectId.Zero} {head} {name}\0 report-status", objects);

        Assert.That(answer.Select(line => line.ToString()), Has.None.StartsWith("ok ").Or.Some.StartsWith("ok refs/heads/\u202e"));
    }

    [Test]
    public async Task A_branch_that_is_pushed_to_where_it_is_not_is_refused()
    {
        await Client.PushAsync("main");
        var pack = new HandmadePack();
        var other = pack.Commit(pack.Tree());

        var answer = await raw.SendAsync($"{ObjectId.Zero} {other} refs/heads/main\0 report-status", pack.ToArray());

        Assert.That(answer[1].ToString(), Does.StartWith("ng refs/heads/main"));
    }

    private string Command(string branch, string capabilities) => $"{ObjectId.Zero} {head} refs/heads/{branch}\0 {capabilities}";
}
