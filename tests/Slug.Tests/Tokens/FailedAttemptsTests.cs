using System.Net;
using Slug.Tests.Pushes;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

public sealed class FailedAttemptsTests
{
    private static readonly IPAddress address = IPAddress.Parse("192.0.2.1");

    private readonly FakeTime time = new();

    [Test]
    public void Each_answer_comes_later_than_the_one_before_up_to_ten_seconds()
    {
        var attempts = new FailedAttempts(time);
        var delays = Enumerable.Range(0, 12).Select(_ => attempts.DelayOf(address, Token.Create()).TotalSeconds);
        Assert.That(delays, Is.EqualTo((double[])[0, 0, 0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]));
    }

    [Test]
    public void One_token_from_many_addresses_is_slowed_too()
    {
        var (attempts, token) = (new FailedAttempts(time), Token.Create());
        for (var i = 0; i < 5; i++)
            attempts.DelayOf(new([10, 0, 0, (byte)i]), token);
        Assert.That(attempts.DelayOf(new([10, 0, 0, 9]), token), Is.GreaterThan(TimeSpan.Zero));
        Assert.That(attempts.DelayOf(new([10, 0, 0, 9]), Token.Create()), Is.EqualTo(TimeSpan.Zero), "the address has done little");
    }

    [Test]
    public void After_a_quarter_of_an_hour_it_is_forgotten()
    {
        var attempts = new FailedAttempts(time);
        for (var i = 0; i < 8; i++)
            attempts.DelayOf(address, Token.Create());
        time.Advance(TimeSpan.FromMinutes(16));
        Assert.That(attempts.DelayOf(address, Token.Create()), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Who_comes_with_countless_addresses_fills_no_memory()
    {
        var attempts = new FailedAttempts(time);
        for (var i = 0; i < 30_000; i++)
            attempts.DelayOf(new(BitConverter.GetBytes(i)), Token.Create());
        Assert.That(attempts.DelayOf(address, Token.Create()), Is.EqualTo(TimeSpan.Zero));
    }
}
