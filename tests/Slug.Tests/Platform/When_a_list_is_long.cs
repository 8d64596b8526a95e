using System.Net;
using System.Text.Json;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_a_list_is_long
{
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await PlatformScene.StartAsync();
        for (var number = 10; number < 22; number++)
            await scene.AppAsync($"app-{number}");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_come_in_parts_that_lead_from_one_to_the_next(CancellationToken cancellationToken)
    {
        var (names, range, parts) = (new List<string>(), "name app-..app-zz; max=5", 0);
        while (range is not null)
        {
            using var response = await scene.SendAsync("GET", "/apps", null, cancellationToken, $"Range: {range}");
            names.AddRange(await NamesAsync(response, cancellationToken));
            range = response.Headers.TryGetValues("Next-Range", out var next) ? next.Single() : null;
            Assert.That(response.StatusCode, Is.EqualTo(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent));
            parts++;
        }

        Assert.Multiple(() =>
        {
            Assert.That(parts, Is.EqualTo(3));
            Assert.That(names, Is.EqualTo(Enumerable.Range(10, 12).Select(number => $"app-{number}")));
        });
    }

    [TestCase("name app-12..app-14", "app-12 app-13 app-14")]
    [TestCase("name ]app-12..app-14[", "app-13")]
    [TestCase("name app-2..; max=1", "app-20")]
    [TestCase("name ..app-11; max=1,order=desc", "old-name")]
    [TestCase("name app-11..; max=5, order=desc;", "app-11 app-10")]
    public async Task Should_be_cut_as_the_range_says(string range, string expected, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("GET", "/apps", null, cancellationToken, $"Range: {range}");
        Assert.That(string.Join(' ', await NamesAsync(response, cancellationToken)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Should_say_what_it_may_be_sorted_by_and_what_was_given(CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("GET", "/apps", null, cancellationToken, "Range: name app-10..app-11");
        Assert.Multiple(() =>
        {
            Assert.That(response.Headers.AcceptRanges, Is.EqualTo((string[])["name", "id"]));
            Assert.That(response.Content.Headers.GetValues("Content-Range"), Is.EqualTo((string[])["name app-10..app-11"]));
        });
    }

    [TestCase("name 1..2; max=0")]
    [TestCase("name 1..2; max=1001")]
    [TestCase("owner ..")]
    [TestCase("name 1..2; order=sideways")]
    public async Task Should_refuse_a_range_that_is_none(string range, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("GET", "/apps", null, cancellationToken, $"Range: {range}");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    private static async Task<List<string>> NamesAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        [.. JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellationToken)).EnumerateArray().Select(app => app.GetProperty("name").GetString()!)];
}
