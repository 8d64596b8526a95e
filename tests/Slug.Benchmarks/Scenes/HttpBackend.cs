using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Hosting;

namespace Slug.Benchmarks.Scenes;

/// <summary>A bare repository behind <c>git http-backend</c>, called by CGI for each request: the least that a push can cost.</summary>
internal sealed class HttpBackend : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WebApplication server;

    private HttpBackend()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public string Remote => $"{server.Urls.First()}/bare.git";

    public static async Task<HttpBackend> StartAsync(CancellationToken cancellationToken)
    {
        var peer = new HttpBackend();
        var repository = peer.folder.In("bare.git");
        await Programs.RunAsync(new("git", "init", "--quiet", "--bare", repository), cancellationToken);
        await Programs.RunAsync(new("git", "-C", repository, "config", "http.receivepack", "true"), cancellationToken);
        await peer.server.StartAsync(cancellationToken);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        await using var git = new ChildProcess("git", "http-backend") { Environment = VariablesOf(http.Request) }.Start();
        var said = CapturedText.TailOfAsync(git.Error, 4096, http.RequestAborted);
        var asked = SendAsync(http.Request, git.Input);
        var answer = PipeReader.Create(git.Output);
        while (await ReadHeaderAsync(answer, http.RequestAborted) is [var name, var value])
        {
            if (name == "Status")
                http.Response.StatusCode = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            else
                http.Response.Headers[name] = value;
        }

        await answer.CopyToAsync(http.Response.Body, http.RequestAborted);
        await Task.WhenAll(asked, said);
    }

    private static async Task SendAsync(HttpRequest request, Stream input)
    {
        await request.Body.CopyToAsync(input);
        input.Close();
    }

    private static async Task<string[]?> ReadHeaderAsync(PipeReader answer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await answer.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                answer.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line.Length == 0 ? null : line.Split(": ", 2);
            }

            answer.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    // RFC 3875, 4.1.
    private Dictionary<string, string> VariablesOf(HttpRequest request) => new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_PROJECT_ROOT"] = folder.Path,
        ["GIT_HTTP_EXPORT_ALL"] = "1",
        ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString(),
        ["REQUEST_METHOD"] = request.Method,
        ["PATH_INFO"] = request.Path.ToString(),
        ["QUERY_STRING"] = request.QueryString.ToString().TrimStart('?'),
        ["CONTENT_TYPE"] = request.ContentType ?? "",
        ["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString(),
    };
}
