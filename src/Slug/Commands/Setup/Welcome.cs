using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Setup;

/// <summary>What to do next, once everything runs.</summary>
internal static class Welcome
{
    public static void Show(Screen screen, ServiceAddress address, DataDirectory data)
    {
        var root = Environment.GetEnvironmentVariable("SLUG_ROOT");
        var slug = root is null ? "slug" : "./slug";
        var fromElsewhere = root is null ? slug : Path.Combine(root, "slug");
        var where = data.Root == SharedOptions.DefaultData ? "" : $" --data {data.Root}";
        screen.Line("");
        screen.Facts(
        [
            ("Dashboard", $"{address.Url}   (sign in with the token)"),
            ("Push to", $"{address.Url}NAME.git"),
            ("Token", $"{slug} token{where}   (git's password, with any user name)"),
            ("Your own app", $"in its folder: {fromElsewhere} remote{where}, then: git push slug main"),
            ("Run an app", $"{slug} run NAME{where}"),
            ("See more", $"{slug} --help, {slug} status{where}, {slug} doctor"),
            ("Stop", $"{slug} down{where}"),
        ]);
    }
}
