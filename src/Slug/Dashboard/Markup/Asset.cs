using Slug.Content;

namespace Slug.Dashboard.Markup;

/// <summary>A file that pages refer to, part of the program. Its name holds its digest: what a browser has of it is good for ever.</summary>
internal sealed class Asset
{
    private const string Folder = "Slug.Dashboard.Assets.";
    private const int DigitsOfDigest = 16;

    private readonly byte[] content;
    private readonly string name;
    private readonly string type;

    private Asset(string file, string type)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream(Folder + file)!;
        content = new byte[resource.Length];
        resource.ReadExactly(content);
        name = file.Replace(".", $".{Digest.Of(content).Hex[..DigitsOfDigest]}.", StringComparison.Ordinal);
        this.type = type;
    }

    public static Asset Style { get; } = new("slug.css", "text/css; charset=utf-8");

    public static Asset Script { get; } = new("slug.js", "text/javascript; charset=utf-8");

    public static Asset Icon { get; } = new("slug.svg", "image/svg+xml");

    public string Path => $"/ui/assets/{name}";

    public static IResult Serve(HttpContext http, string file)
    {
        if (((Asset[])[Style, Script, Icon]).FirstOrDefault(asset => asset.name == file) is not { } found)
            return Problem.NoPage(http.Request.Path);
        Page.Protect(http.Response);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(found.content, found.type);
    }
}
