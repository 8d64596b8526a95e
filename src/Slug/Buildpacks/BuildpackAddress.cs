using System.Text.RegularExpressions;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>Where an app says that a buildpack is. Written out, it holds no password.</summary>
internal abstract partial record BuildpackAddress
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "the name of a built-in one, https://HOST/REPOSITORY#REF, https://HOST/FILE.tgz, or ./FOLDER of the app";

    private const int Longest = 2000;
    private const string VendorPrefix = "heroku/";

    private BuildpackAddress()
    {
    }

    /// <summary>One that comes with Slug.</summary>
    internal sealed record BuiltIn(string Name) : BuildpackAddress;

    /// <summary>A folder of the app's own source: a path that begins with a dot.</summary>
    internal sealed record Folder(string Path) : BuildpackAddress;

    /// <summary>A branch, tag or commit of a git repository; its default branch where there is no ref.</summary>
    internal sealed record Git(RemoteUrl Url, string? Ref) : BuildpackAddress;

    /// <summary>A gzip'ed tar.</summary>
    internal sealed record Archive(RemoteUrl Url) : BuildpackAddress;

    /// <summary>It was written with a login or a password.</summary>
    public bool HoldsPassword => this is Git { Url.Credentials: not null } or Archive { Url.Credentials: not null };

    /// <exception cref="BuildpackException">The text is none of these.</exception>
    public static BuildpackAddress Parse(string text)
    {
        if (string.IsNullOrEmpty(text))
            throw BuildpackException.NotAnAddress("");
        if (text.Length > Longest || text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
            throw BuildpackException.NotAnAddress(text.Length > 100 ? text[..100] + "…" : text);
        if (text == "." || text.StartsWith("./", StringComparison.Ordinal))
            return FolderOf(text);
        if (text.Contains("://", StringComparison.Ordinal))
            return RemoteOf(text);
        var name = text.StartsWith(VendorPrefix, StringComparison.Ordinal) ? text[VendorPrefix.Length..] : text;
        return PlainName().IsMatch(name) ? new BuiltIn(name) : throw BuildpackException.NotAnAddress(text);
    }

    public sealed override string ToString() => this switch
    {
        BuiltIn builtIn => builtIn.Name,
        Folder folder => folder.Path,
        Git git => git.Ref is null ? git.Url.ToString() : $"{git.Url}#{git.Ref}",
        Archive archive => archive.Url.ToString(),
        _ => throw new InvalidOperationException("an address is one of four"),
    };

    private static Folder FolderOf(string text)
    {
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return parts.Contains("..")
            ? throw BuildpackException.NotAnAddress(text)
            : new Folder(parts.Length == 0 ? "." : $"./{string.Join('/', parts)}");
    }

    private static BuildpackAddress RemoteOf(string text)
    {
        var parts = text.Split('#', 2);
        // What is no address is not repeated: a password may stand anywhere in it.
        if (!RemoteUrl.TryParse(parts[0], out var url))
            throw BuildpackException.NotAnAddress($"{text[..text.IndexOf("://", StringComparison.Ordinal)]}://…");
        if (IsArchive(url))
            return parts.Length == 1 ? new Archive(url) : throw BuildpackException.NotAnAddress($"{url}#{parts[1]}");
        if (parts.Length == 1 || parts[1].Length == 0)
            return new Git(url, null);
        return RefName().IsMatch(parts[1]) ? new Git(url, parts[1]) : throw BuildpackException.NotAnAddress($"{url}#{parts[1]}");
    }

    private static bool IsArchive(RemoteUrl url) =>
        url.Target.AbsolutePath.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || url.Target.AbsolutePath.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();

    // A pattern's letters would ask for more than one; a dash in front would be an option.
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RefName();
}
