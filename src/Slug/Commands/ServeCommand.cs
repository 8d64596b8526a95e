using System.CommandLine;
using Slug.Hosting;

namespace Slug.Commands;

/// <summary><c>slug serve</c>: the service in the foreground.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "serve", "Run the service in the foreground",
            "slug serve --port 8080 --builds 2", "SLUG_BUILD_MEMORY=4G slug serve --data /srv/slug");
        foreach (var setting in ServeSettings.All)
            command.Add(setting.Option);
        command.Runs((parse, cancellationToken) => Service.RunAsync(
            ServeSettings.Read(parse, Environment.GetEnvironmentVariable), cancellationToken));
        return command;
    }
}
