using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slug.Api;
using Slug.Platform;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Hosting;

/// <summary>The three doors: people and tools by TCP, git's hook and the builders each by a socket. Each opens to its own routes and nothing else.</summary>
internal static class Listeners
{
    private enum Door
    {
        Public,
        Hook,
        Builders,
    }

    /// <summary>Of a request whose endpoint does not say otherwise, in bytes.</summary>
    public const long LargestBody = 1 << 20;

    /// <summary>Of what a slow reader has yet to take, in bytes: hundreds may follow a log at once. Kestrel and its sockets each have such a limit, and heed the larger.</summary>
    public const int MostUnsent = 16 * 1024;

    extension(KestrelServerOptions kestrel)
    {
        public void Listen(ServiceOptions options, DataDirectory data)
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 4096;
            kestrel.Limits.MaxResponseBufferSize = MostUnsent;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Parse(options.Listen), options.Port, listener => listener.Mark(Door.Public));
            foreach (var socket in (string[])[data.HookSocket, data.BuilderSocket])
                File.Delete(socket);
            kestrel.ListenUnixSocket(data.HookSocket, listener => listener.Mark(Door.Hook));
            kestrel.ListenUnixSocket(data.BuilderSocket, listener => listener.Mark(Door.Builders));
        }
    }

    extension(WebApplication app)
    {
        public void UsePublicDoor(Action<IEndpointRouteBuilder> map) =>
            app.MapWhen(http => DoorOf(http) == Door.Public, branch => branch.UseMiddleware<HeadRequests>().UseRouting().UseMiddleware<BadRequests>().UseMiddleware<UnknownRoutes>().UseMiddleware<TokenGate>().UseMiddleware<TracedRequests>().UseEndpoints(map));

        public void UseHookDoor(Action<IEndpointRouteBuilder> map) => app.UseDoor(Door.Hook, map);

        public void UseBuilderDoor(Action<IEndpointRouteBuilder> map) => app.UseDoor(Door.Builders, map);
    }

    private static void UseDoor(this WebApplication app, Door door, Action<IEndpointRouteBuilder> map) =>
        app.MapWhen(http => DoorOf(http) == door, branch => branch.UseRouting().UseEndpoints(map));

    private static void Mark(this ListenOptions listener, Door door) =>
        listener.Use(next => connection =>
        {
            connection.Items[typeof(Door)] = door;
            return next(connection);
        });

    private static Door? DoorOf(HttpContext http) =>
        http.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(typeof(Door), out var door) == true ? (Door)door! : null;
}
