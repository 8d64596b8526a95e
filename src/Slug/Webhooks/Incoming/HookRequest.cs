using Microsoft.AspNetCore.WebUtilities;
using Slug.Content;

namespace Slug.Webhooks.Incoming;

/// <summary>What a sender sent: headers, and a body that is signed as it came.</summary>
internal sealed record HookRequest(IHeaderDictionary Headers, byte[] Body)
{
    public Digest Digest { get; } = Digest.Of(Body);

    /// <summary>The JSON: the body itself, or the field of a form that GitHub and Gitea send when they are not told otherwise.</summary>
    public ReadOnlyMemory<byte> Payload =>
        Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? FieldOf(Body) : Body;

    /// <summary>Null where there is none of that name, or several.</summary>
    public string? Header(string name) => Headers[name] is [{ Length: > 0 } value] ? value : null;

    private static byte[] FieldOf(byte[] body)
    {
        using var reader = new FormReader(new MemoryStream(body)) { ValueLengthLimit = body.Length };
        try
        {
            return System.Text.Encoding.UTF8.GetBytes(reader.ReadForm().GetValueOrDefault("payload").ToString());
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
