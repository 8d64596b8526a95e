using System.Net;

namespace Slug.Webhooks.Outgoing;

/// <summary>How an attempt ended.</summary>
/// <param name="Code">The answer's status; null where there was none.</param>
/// <param name="Error">What kept an answer from coming; null where there was one.</param>
/// <param name="RetryAfter">For how long the receiver wants to be left alone.</param>
internal sealed record AttemptResult(HttpStatusCode? Code, string? Error, TimeSpan? RetryAfter)
{
    public const string AddressRefused = "AddressRefused";
    public const string ConnectionFailed = "ConnectionFailed";
    public const string HostNotFound = "HostNotFound";
    public const string Timeout = "Timeout";

    /// <summary>A redirection is none: an address that moved is to be corrected.</summary>
    public bool Succeeded => Code is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    /// <summary>It says that the target is down or overloaded, and not that it does not want this one request.</summary>
    public bool IsOfTarget => Code is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    public static AttemptResult Of(string error) => new(null, error, null);
}
