using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Tokens;

/// <summary>What a browser holds: 256 random bits. Whether it is signed in, and by which token, is for the service to know.</summary>
internal readonly record struct SessionId
{
    private const int RandomBytes = 32;
    private const int Length = 43;

    private readonly string text;

    private SessionId(string text) => this.text = text;

    public static SessionId Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    public static bool TryRead(string? cookie, out SessionId id)
    {
        id = new(cookie ?? "");
        return cookie is { Length: Length } && Base64Url.IsValid(cookie);
    }

    /// <summary>What is stored.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What every form of this browser carries: another site can neither read it nor derive it. It tells nothing of the id.</summary>
    public string FormKey => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), "slug form"u8));

    public bool IsFormKey(string? offered) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(FormKey), Encoding.UTF8.GetBytes(offered ?? ""));

    /// <summary>The id itself, for the cookie.</summary>
    public string Reveal() => text;

    public override string ToString() => "session";
}
