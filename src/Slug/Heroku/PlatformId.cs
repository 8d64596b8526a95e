using System.Security.Cryptography;
using System.Text;

namespace Slug.Heroku;

/// <summary>Ids of what has none of its own here: always the same for the same thing (UUID version 8, RFC 9562).</summary>
internal static class PlatformId
{
    public static Guid OfUser(string token) => Of("user", token);

    public static Guid OfStack(string name) => Of("stack", name);

    public static Guid OfRegion(string name) => Of("region", name);

    public static Guid OfRelease(Guid app, int version) => Of("release", $"{app:D}/{version}");

    /// <summary>A droplet as an app's slug: apps that share its bytes have slugs of their own.</summary>
    public static Guid OfSlug(Guid app, string droplet) => Of("slug", $"{app:D}/{droplet}");

    /// <summary>The same; but a slug that was uploaded keeps the id under which it was announced, and another app's the one it has there.</summary>
    public static Guid OfSlug(Guid app, string droplet, Guid? known) => known ?? OfSlug(app, droplet);

    public static Guid Of(string kind, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
