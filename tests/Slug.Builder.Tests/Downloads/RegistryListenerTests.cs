using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Slug.Builder.Downloads;
using Slug.Builder.Protocol;
using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class RegistryListenerTests
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient manager = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private ServiceDouble service = null!;
    private HttpClient connection = null!;
    private RegistryListener listener = null!;
    private string registry = "";

    [SetUp]
    public async Task ListenAsync()
    {
        service = new(folder.At(Guid.NewGuid().ToString("N")[..8])) { Downloads = { ["/ms/-/ms-2.1.3.tgz"] = "archive"u8.ToArray() } };
        await service.StartAsync();
        connection = ServiceConnection.Open(service.Socket, ServiceDouble.Token);
        var door = new RegistryDoor("npm", FreePort());
        registry = door.Url;
        listener = new(door, connection);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await listener.DisposeAsync();
        connection.Dispose();
        await service.DisposeAsync();
        manager.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task What_the_service_has_is_handed_on(CancellationToken cancellationToken)
    {
        using var answer = await manager.GetAsync(registry + "ms/-/ms-2.1.3.tgz", cancellationToken);

        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(7));
        Assert.That(await answer.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo("archive"));
        Assert.That(answer.ToString(), Does.Not.Contain(ServiceDouble.Token));
    }

    [Test]
    public async Task The_head_alone_is_to_be_had(CancellationToken cancellationToken)
    {
        using var answer = await manager.SendAsync(new(HttpMethod.Head, registry + "ms/-/ms-2.1.3.tgz"), cancellationToken);

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentLength), Is.EqualTo((HttpStatusCode.OK, 7L)));
    }

    [Test]
    public async Task What_it_has_not_is_asked_elsewhere(CancellationToken cancellationToken)
    {
        using var answer = await manager.GetAsync(registry + "@types%2fnode?a=b%20c", cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("https://registry.example/@types%2fnode?a=b%20c"));
    }

    [TestCase("PUT", null)]
    [TestCase("POST", null)]
    [TestCase("DELETE", null)]
    [TestCase("GET", "Bearer secret")]
    public async Task What_writes_or_shows_credentials_is_told_as_such_and_nothing_more(string method, string? credentials, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new(method), registry + "ms/-/ms-2.1.3.tgz");
        request.Content = method == "GET" ? null : new StringContent("poison", Encoding.UTF8);
        request.Headers.Authorization = credentials is null ? null : AuthenticationHeaderValue.Parse(credentials);

        using var answer = await manager.SendAsync(request, cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(service.Asked, Is.EqualTo((string[])["npm /ms/-/ms-2.1.3.tgz reads=False"]));
    }

    // The builder's token opens the build's own routes: no path of a package manager's may lead there.
    [TestCase("/../builds/b1/source")]
    [TestCase("/..%2f..%2fbuilds/b1/source")]
    [TestCase("/ms&reads=true&target=/x")]
    [TestCase("/%2e%2e/%2e%2e/next")]
    public async Task No_path_leads_to_another_route(string path, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(registry).Port, cancellationToken);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), cancellationToken);
        using var answer = new StreamReader(socket.GetStream());
        await answer.ReadToEndAsync(cancellationToken);

        Assert.That(service.Calls, Is.All.StartsWith("GET downloads/npm "));
    }

    [Test]
    public async Task Nothing_is_had_where_the_service_is_gone(CancellationToken cancellationToken)
    {
        await service.DisposeAsync();

        using var answer = await manager.GetAsync(registry + "ms", cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    [Test]
    public async Task It_listens_while_a_build_runs_and_no_longer(CancellationToken cancellationToken)
    {
        var door = new RegistryDoor("npm", FreePort());
        var build = new TaskCompletionSource<int>();
        var running = RegistryListeners.WhileAsync(build.Task, [door], connection);
        Assert.That(() => Answers(door.Port), Is.True.After(60_000, 10));

        build.SetResult(11);

        Assert.That(await running.WaitAsync(cancellationToken), Is.EqualTo(11));
        Assert.That(Answers(door.Port), Is.False);
    }

    private static bool Answers(int port)
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
