using System.Text.RegularExpressions;
using Slug.Apps;

namespace Slug.Commands.Remotes;

/// <summary>An app's name from its folder's.</summary>
internal static partial class FolderName
{
    private const int Longest = 30;

    /// <summary>Null where nothing of it can stand in a name.</summary>
    public static AppName? ToAppName(string folder)
    {
        var dashed = Others().Replace(folder.ToLowerInvariant(), "-").TrimStart('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var name = dashed[..Math.Min(dashed.Length, Longest)].TrimEnd('-');
        return AppName.TryParse(name, null, out var valid) ? valid : null;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
