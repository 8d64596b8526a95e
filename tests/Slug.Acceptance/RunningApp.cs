using System.Text.RegularExpressions;

namespace Slug.Acceptance;

/// <summary>An app's current release, started by <c>slug run</c> on a free port.</summary>
internal sealed partial class RunningApp : IAsyncDisposable
{
    private readonly RunningProgram process;
    private readonly HttpClient client = new();

    private RunningApp(RunningProgram process) => this.process = process;

    public static RunningApp Start(Installation slug, string app) =>
        new(RunningProgram.Start(Installation.Program, ["run", app, "--port", "0", "--data", slug.Data]));

    /// <summary>What it answers, as soon as it does.</summary>
    public async Task<string> AnswerAsync(string path, CancellationToken cancellationToken)
    {
        await process.SaysAsync("http://127.0.0.1:", cancellationToken);
        var url = new Uri(new Uri(Address().Match(process.Output).Value), path);
        var answer = "";
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    answer = await client.GetStringAsync(url, cancellationToken);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            cancellationToken);
        return answer;
    }

    /// <summary>Ends it as Ctrl-C does, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await process.SignalAsync("TERM", cancellationToken);
        await process.EndAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return process.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
