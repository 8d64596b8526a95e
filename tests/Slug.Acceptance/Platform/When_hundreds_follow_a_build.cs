using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Slug.Acceptance.Platform;

public partial class When_hundreds_follow_a_build
{
    private const int Followers = 500;
    private const int Lines = 20_000;
    private const long MostMemory = 300_000_000;

    // A hundred lines at a time, so that the build takes its seconds.
    private const string Chatter = "for part in $(seq 200); do seq -f \"$part.%03g of what this build has to say as it goes\" 100; sleep 0.02; done";

    [Test, CancelAfter(180_000)]
    public async Task Should_give_each_the_same_whole_log_however_often_it_hangs_up_and_stay_small(CancellationToken cancellationToken)
    {
        // One of its own: the peak of another would be that of other tests too.
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var client = new PlatformClient(slug);
        var app = await client.AppAsync(cancellationToken);
        var source = await client.UploadAsync(new Dictionary<string, string> { ["compile.sh"] = Chatter, ["Procfile"] = "web: true\n" }, cancellationToken);
        var build = await client.BuildAsync(app, source, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var followers = Enumerable.Range(0, Followers).Select(seed => Follower(http, build.GetProperty("output_stream_url").GetString()!, seed)).ToList();
        var start = TimeProvider.System.GetTimestamp();

        var reading = Task.WhenAll(followers.Select(follower => follower.ReadAsync(cancellationToken)));
        await Task.WhenAll(followers.Select(follower => follower.Begun));
        var path = $"/apps/{app}/builds/{build.GetProperty("id").GetString()}";
        Assert.That((await client.SendAsync("GET", path, null, cancellationToken)).GetProperty("status").GetString(), Is.EqualTo("pending"), "all of them follow a build that runs");
        var hashes = await reading;

        var elapsed = TimeProvider.System.GetElapsedTime(start);
        var log = (await slug.SlugAsync(cancellationToken, "logs", app)).Output;
        Assert.That(Numbers().Count(log), Is.EqualTo(Lines));
        Assert.That(hashes, Is.All.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log)))));
        Assert.That(followers.Select(follower => follower.Interruptions), Is.All.GreaterThanOrEqualTo(3));
        var peak = await PeakAsync(slug.Service.Id, cancellationToken);
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{Followers} followers, {log.Length} bytes each, {followers.Sum(follower => follower.Interruptions)} interruptions, {elapsed.TotalSeconds:0.0} s, the service's peak {peak / 1e6:0} MB"));
        Assert.That(peak, Is.LessThan(MostMemory));
    }

    // Each at other places, in the order of the log.
    private static LogFollower Follower(HttpClient http, string url, int seed)
    {
        var random = new Random(seed);
        return new(http, url, new(Enumerable.Range(0, 5).Select(part => (part * 170_000) + random.Next(170_000))), byEvents: seed % 2 == 0);
    }

    private static async Task<long> PeakAsync(int process, CancellationToken cancellationToken)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process}/status", cancellationToken)).Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    [GeneratedRegex(@"^ *[0-9]+\.[0-9]{3} of what this build has to say as it goes$", RegexOptions.Multiline)]
    private static partial Regex Numbers();
}
