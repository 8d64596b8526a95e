using Slug.Commands;
using Slug.Commands.Services;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>Hands a report to the installation whose event it becomes.</summary>
internal static class ReportRecord
{
    private const string Route = "slug/bootstraps";

    /// <returns>What to say where it is not kept; null where it is.</returns>
    public static async Task<string?> KeepAsync(DataDirectory data, BootstrapReport report, CancellationToken cancellationToken)
    {
        if (RunningService.Find(data) is null)
            return $"no service runs on '{data.Root}': the report is not kept as an event";
        try
        {
            using var client = new ServiceClient(ServiceAddress.Find(data, _ => null));
            await client.PostAsync(Route, JsonContent.Create(report, BootstrapJson.Default.BootstrapReport), cancellationToken);
            return null;
        }
        catch (CommandException exception)
        {
            return $"the report is not kept as an event: {exception.Message}";
        }
    }
}
