namespace Slug.Tests.Platform;

/// <summary>The whole table: a file for each resource.</summary>
internal static class PlatformCases
{
    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        .. AccountCases.All,
        .. AppCases.All,
        .. ReleaseCases.All,
        .. BuildingCases.All,
        .. WebhookCases.All,
        .. BuildCases.All,
    ];
}
