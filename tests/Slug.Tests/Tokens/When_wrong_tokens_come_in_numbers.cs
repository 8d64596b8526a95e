using System.Net;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

[CancelAfter(60_000)]
internal sealed class When_wrong_tokens_come_in_numbers
{
    [Test]
    public async Task Should_answer_good_ones_at_once_and_some_of_the_others_that_they_are_too_many(CancellationToken cancellationToken)
    {
        await using var service = await RunningService.StartAsync(cancellationToken);
        var good = await service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), cancellationToken);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wrong = Enumerable.Range(0, 100).Select(number => service.StatusAsync("GET", "/slug/apps", $"slg_wrong{number}", enough.Token)).ToList();
        var answered = 0;
        await foreach (var answer in Task.WhenEach(wrong))
        {
            Assert.That(await answer, Is.EqualTo(HttpStatusCode.Unauthorized).Or.EqualTo(HttpStatusCode.TooManyRequests));
            if (await answer == HttpStatusCode.TooManyRequests && ++answered == 10)
                break;
        }

        var held = wrong.Where(answer => !answer.IsCompleted).ToList();
        Assert.That(held, Has.Count.GreaterThan(30));
        Assert.That(await service.StatusAsync("GET", "/slug/apps", good, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(held.Any(answer => !answer.IsCompleted), "they wait, from this address, and it does not");
        await enough.CancelAsync();
        await Task.WhenAll(wrong).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
