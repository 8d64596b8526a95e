using System.Diagnostics.CodeAnalysis;
using System.Text;
using Slug.Content;

namespace Slug.Remotes;

/// <summary>An address on another machine. Written out, it holds neither a password nor a query, which may be one.</summary>
internal sealed record RemoteUrl
{
    private RemoteUrl(Uri target, Credentials? credentials) => (Target, Credentials) = (target, credentials);

    /// <summary>What is asked for: no user, no fragment.</summary>
    public Uri Target { get; }

    /// <summary>Those that stood in the address.</summary>
    public Credentials? Credentials { get; }

    /// <summary>Of all that stood in the address: who does not know the password does not name the same thing.</summary>
    public Digest Key => Digest.Of(Encoding.UTF8.GetBytes($"{Target.AbsoluteUri}\n{Credentials?.Login}\n{Credentials?.Password}"));

    public static bool TryParse(string text, [NotNullWhen(true)] out RemoteUrl? url)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return false;
        var bare = new UriBuilder(uri) { UserName = "", Password = "", Fragment = "" }.Uri;
        url = new(bare, CredentialsOf(uri.UserInfo));
        return true;
    }

    /// <summary>A text in which the address may stand, without its query.</summary>
    public string Redact(string text) =>
        Target.Query.Length == 0 ? text : text.Replace(Target.Query, "?…", StringComparison.Ordinal);

    public override string ToString()
    {
        var query = Target.Query.Length == 0 ? "" : "?…";
        return $"{Target.Scheme}://{(Credentials is null ? "" : "…@")}{Target.Authority}{Target.AbsolutePath}{query}";
    }

    private static Credentials? CredentialsOf(string userInfo)
    {
        if (userInfo.Length == 0)
            return null;
        var parts = userInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
