using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Tokens;

/// <summary>A secret that opens the service: <c>slg_</c> and 256 random bits. Never logged, never stored but as its hash.</summary>
internal readonly record struct Token
{
    private const string Prefix = "slg_";
    private const int RandomBytes = 32;

    private readonly string text;

    private Token(string text) => this.text = text;

    public static Token Create() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Any text may be offered as a token; only its hash is ever looked at.</summary>
    public static bool TryRead([NotNullWhen(true)] string? offered, out Token token)
    {
        token = new(offered ?? "");
        return offered is { Length: > 0 and < 256 };
    }

    /// <summary>What is stored and compared: a lookup by hash tells nothing of the token by its time.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The secret itself, for the one time it is shown.</summary>
    public string Reveal() => text;

    public override string ToString() => $"{Prefix}…";
}
