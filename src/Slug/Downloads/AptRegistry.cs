using System.Text.RegularExpressions;
using Slug.Content;
using Slug.Stacks;

namespace Slug.Downloads;

/// <summary>
/// Debian's packages, as <c>/SHA256/URL</c>. The hash is that of the signed index which the build's apt has checked: a build gets
/// bytes that have it, or none, and what is kept under it serves only those who ask for the same bytes.
/// </summary>
internal sealed partial class AptRegistry(StackCatalog stacks, DownloadOptions options) : IRegistry
{
    public string Name => "apt";

    public int Port => 27073;

    public Task<Wanted> ReadAsync(string target, CancellationToken cancellationToken) => Task.FromResult<Wanted>(
        ArchivePath().Match(target) is { Success: true } path && Archives().Contains(path.Groups["archive"].Value)
            ? new Wanted.Archive(new(path.Groups["package"].Value, path.Groups["version"].Value, new($"{path.Groups["url"]}#sha256:{path.Groups["sha256"]}")))
            : new Wanted.Nothing());

    public Task<Promise?> PromiseAsync(PackageArchive archive, CancellationToken cancellationToken) =>
        Task.FromResult<Promise?>(Promise.Of(Digest.Parse(archive.Url.Fragment[1..])));

    // Those that the stacks are made from. Read each time: an operator may name another, and build the stack anew.
    private IEnumerable<string> Archives() =>
        from source in AptSources.ReadFrom(options.AptDirectory)
        from stack in stacks.Definitions
        from url in source.For(stack.Suite, stack.Components)?.Uris ?? []
        select url.TrimEnd('/');

    // apt escapes '+', '~' and ':'. An archive that wants credentials is left to it.
    [GeneratedRegex(
        """
        \A/(?<sha256>[0-9a-f]{64})/
        (?<url>(?<archive>https?://[^?\#@]+)
          /pool/([A-Za-z0-9]([A-Za-z0-9+._~-]|%2b|%7e)*/)*
          (?<package>[a-z0-9]([a-z0-9+.-]|%2b)+)_(?<version>([A-Za-z0-9+.~-]|%2b|%7e|%3a)+)_[a-z0-9-]+\.deb)\z
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ArchivePath();
}
