using System.Net;
using System.Net.Sockets;

namespace Slug.Acceptance.Registry;

/// <summary>A port that passes on what comes in to another, until it has passed so many bytes: then no more comes through, and nobody is told.</summary>
internal sealed class StallingDoor : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closed = new();
    private readonly CancellationTokenSource held = new();
    private readonly TaskCompletionSource stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string to;
    private long left;

    public StallingDoor(string to, long bytes)
    {
        (this.to, left) = (to, bytes);
        listener.Start();
        Accepting = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Ends when the limit is reached.</summary>
    public Task Stalled => stalled.Task;

    private Task Accepting { get; }

    /// <summary>Hangs up on all who wait, and holds nobody up any more.</summary>
    public void Open()
    {
        Interlocked.Exchange(ref left, long.MaxValue);
        held.Cancel();
    }

    public void Dispose()
    {
        held.Cancel();
        closed.Cancel();
        listener.Dispose();
        held.Dispose();
        closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        while (!closed.IsCancellationRequested)
        {
            try
            {
                passing.Add(PassAsync(await listener.AcceptTcpClientAsync(closed.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(passing);
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var target = new TcpClient())
        {
            try
            {
                await target.ConnectAsync(IPEndPoint.Parse(to), closed.Token);
                await Task.WhenAny(ForwardAsync(client.GetStream(), target.GetStream()), target.GetStream().CopyToAsync(client.GetStream(), closed.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // One of the two hung up.
            }
        }
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, closed.Token) is var read and > 0)
        {
            if (Interlocked.Add(ref left, -read) < 0)
            {
                stalled.TrySetResult();
                await Task.Delay(Timeout.Infinite, held.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), closed.Token);
        }
    }
}
