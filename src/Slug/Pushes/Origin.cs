using Slug.Remotes;

namespace Slug.Pushes;

/// <summary>Where a commit was fetched from: relative URLs of its submodules start there, and there are its large files.</summary>
/// <param name="Url">By http or https.</param>
/// <param name="Credentials">What its host is shown; null where the operator's netrc has some, or none are needed.</param>
internal sealed record Origin(Uri Url, Credentials? Credentials)
{
    /// <summary>What another address is shown: the same, where it is of the same host and port and as safe.</summary>
    public Credentials? CredentialsFor(Uri url) =>
        Uri.Compare(url, Url, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0 ? Credentials : null;
}
