using System.Text;
using Slug.Hosting;

namespace Slug.Tests.Pushes;

/// <summary>A git push under way, of which what it shows is read as it comes.</summary>
internal sealed class RunningPush : IAsyncDisposable
{
    private readonly StartedChild child;
    private readonly StreamReader reader;
    private readonly StringBuilder shown = new();

    public RunningPush(GitClient client, params string[] refs)
    {
        child = (client.Command(["push", "--progress", client.Remote, .. refs]) with { OwnSession = true, Grace = TimeSpan.Zero }).Start();
        reader = new(child.Error);
    }

    public async Task ShowsAsync(string text)
    {
        while (!shown.ToString().Contains(text, StringComparison.Ordinal))
            shown.AppendLine(await reader.ReadLineAsync(TestContext.CurrentContext.CancellationToken) ?? throw new AssertionException($"the push never showed '{text}' but: {shown}"));
    }

    public Task HangUpAsync() => child.StopAsync(CancellationToken.None);

    public async Task<ChildResult> EndAsync()
    {
        shown.Append(await reader.ReadToEndAsync(TestContext.CurrentContext.CancellationToken));
        return new(await child.WaitAsync(TestContext.CurrentContext.CancellationToken), "", shown.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        reader.Dispose();
    }
}
