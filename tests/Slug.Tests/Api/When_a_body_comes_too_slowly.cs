using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

/// <summary>One byte of a body, and then no more.</summary>
[CancelAfter(60_000)]
internal sealed class When_a_body_comes_too_slowly
{
    [TestCase("/slug/apps", "application/json", "application/problem+json")]
    [TestCase("/apps", "application/vnd.heroku+json; version=3", "application/json")]
    public async Task Should_say_so_and_what_to_do(string path, string accept, string expected, CancellationToken cancellationToken)
    {
        await using var service = await RunningService.StartAsync(
            services => services.Configure<KestrelServerOptions>(options => options.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(1.1))), cancellationToken);
        var token = await service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), cancellationToken);
        using var client = new TcpClient(service.Address.Host, service.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: slug\r\nAuthorization: Bearer {token}\r\nAccept: {accept}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"), cancellationToken);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellationToken);

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contains($"Content-Type: {expected}").And.Contains("too slowly").And.Contains("send it once more"));
    }
}
