using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources;

namespace Slug.Tests.Pushes;

/// <summary>What a push of a known tree costs here, beside the same push to git http-backend behind the same listener.</summary>
[Explicit("measures")]
[CancelAfter(300_000)]
internal sealed class PushSpeed : PushSituation
{
    private const int Rounds = 40;

    [Test]
    public async Task A_push_of_a_known_tree_costs_little_more_than_gits_own()
    {
        Host.Builds.Answer = AnswerAsync;
        await using var plain = await StartBackendAsync();
        var backend = $"{plain.Urls.First()}/plain.git";
        await Client.GitAsync("init", "-q", "--bare", Path.Combine(Client.Folder, "served/plain.git"));
        await Client.GitAsync("-C", Path.Combine(Client.Folder, "served/plain.git"), "config", "http.receivepack", "true");
        List<double> ours = [], theirs = [], discovery = [];
        using var http = new HttpClient { BaseAddress = Host.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Host.Token) } };
        for (var round = 0; round < Rounds; round++)
        {
            await Client.GitAsync("commit", "-q", "--allow-empty", "-m", "again");
            theirs.Add(await TimeAsync(() => Client.GitAsync("push", "-q", backend, "main")));
            ours.Add(await TimeAsync(() => Client.GitAsync("push", "-q", Client.Remote, "main")));
            discovery.Add(await TimeAsync(() => http.GetByteArrayAsync("sample.git/info/refs?service=git-receive-pack")));
        }
        TestContext.Out.WriteLine($"http-backend {Median(theirs):0} ms, slug {Median(ours):0} ms, info/refs {Median(discovery):0} ms");
        Assert.That(Median(ours) - Median(theirs), Is.LessThan(100));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var result = await Host.Services.GetRequiredService<SourceReader>().ReadAsync(push, cancellationToken);
        yield return new PushReply.Line("-----> Built");
        yield return result is SourceResult.Read ? new PushReply.Accepted() : new PushReply.Rejected();
    }

    private async Task<WebApplication> StartBackendAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(RunBackendAsync);
        await app.StartAsync();
        return app;
    }

    private async Task RunBackendAsync(HttpContext http)
    {
        var backend = new ChildProcess("git", "http-backend")
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["GIT_PROJECT_ROOT"] = Path.Combine(Client.Folder, "served"),
                ["GIT_HTTP_EXPORT_ALL"] = "1",
                ["PATH_INFO"] = http.Request.Path,
                ["QUERY_STRING"] = http.Request.QueryString.ToString().TrimStart('?'),
                ["REQUEST_METHOD"] = http.Request.Method,
                ["CONTENT_TYPE"] = http.Request.ContentType ?? "",
            },
        };
        await using var child = backend.Start();
        await http.Request.Body.CopyToAsync(child.Input);
        child.Input.Close();
        using var answer = new MemoryStream();
        await child.Output.CopyToAsync(answer);
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = System.Text.Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        http.Response.ContentType = head.First(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal))["Content-Type: ".Length..];
        await http.Response.Body.WriteAsync(bytes.AsMemory(end + 4));
    }
}
