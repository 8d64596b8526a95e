using System.Net;
using System.Security.Cryptography;
using System.Text;
using Slug.Tests.Webhooks.Outgoing;

namespace Slug.Acceptance.Webhooks;

[Parallelizable]
public class When_an_app_s_changes_are_told
{
    private const string Secret = "the receiver knows it too";

    [Test, CancelAfter(120_000)]
    public async Task Should_lose_none_when_the_service_is_killed_while_it_tells_and_send_what_it_did_not_note_as_the_same_delivery(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--fetch-allow", "127.0.0.0/8"], cancellationToken);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Never;
        await SucceedAsync(slug, cancellationToken, "apps", "create", "told");
        await SucceedAsync(slug, cancellationToken, "webhooks", "told", "add", receiver.Url, "--include", "api:release", "--secret", Secret);
        foreach (var round in Enumerable.Range(1, 4))
            await SucceedAsync(slug, cancellationToken, "config", "told", $"ROUND={round}");
        var cut = await receiver.NextAsync(cancellationToken);

        await slug.KillAsync(cancellationToken);
        var before = slug.Service.Output;
        receiver.Answer = Receiver.With(HttpStatusCode.NoContent);
        await slug.ServeAsync(cancellationToken);

        var came = new List<Received>();
        for (var i = 0; i < 4; i++)
            came.Add(await receiver.NextAsync(cancellationToken));
        Assert.Multiple(() =>
        {
            Assert.That(came[0].Delivery, Is.EqualTo(cut.Delivery));
            Assert.That(came.Select(one => one.Json.GetProperty("data").GetProperty("version").GetInt32()), Is.EqualTo((int[])[1, 2, 3, 4]));
            Assert.That(came.Select(one => one.Headers["Heroku-Webhook-Hmac-SHA256"]), Is.EqualTo(came.Select(one => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), one.Body)))));
            Assert.That(before + slug.Service.Output, Does.Not.Contain("S3CRET").And.Not.Contains(Secret));
        });
        await Eventually.TrueAsync(async () => (await SucceedAsync(slug, cancellationToken, "webhooks", "told", "deliveries")).Split("succeeded").Length == 5, cancellationToken);
    }

    private static async Task<string> SucceedAsync(Installation slug, CancellationToken cancellationToken, params string[] command)
    {
        var result = await slug.SlugAsync(cancellationToken, command);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output;
    }
}
