using Slug.Remotes;

namespace Slug.Webhooks.Outgoing;

/// <summary>Reads what a webhook is asked to be.</summary>
internal sealed class WebhookWishes(RemoteHosts hosts)
{
    private const int LongestAddress = 2000;
    private const int LongestAuthorization = 1024;
    private const int ShortestSecret = 8;
    private const int LongestSecret = 256;

    /// <summary>A new webhook: what it needs and is not there is asked for as what is not right.</summary>
    public Task<WishResult> ReadNewAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request with { Url = request.Url ?? "", Include = request.Include ?? [], Level = request.Level ?? "" }, cancellationToken);

    public async Task<WishResult> ReadAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (MistakeOf(request) is { } mistake)
            return new WishResult.Refused(mistake);
        if (request.Url is { } address)
        {
            if (address.Length > LongestAddress || !RemoteUrl.TryParse(address, out var url))
                return new WishResult.Refused($"SLUG6250: '{address}' is not a webhook's address; expected one like https://example.org/hooks");
            try
            {
                // Looked at again with each connection: what a name stands for may change.
                await hosts.FindAsync(url.Target.IdnHost, url.Target.Scheme == Uri.UriSchemeHttps, cancellationToken);
            }
            catch (RemoteException refused)
            {
                return new WishResult.Refused(refused.Message);
            }
        }

        return new WishResult.Good(new(request.Url, request.Secret, request.Authorization, request.Include?.Distinct().ToList(), request.Level));
    }

    private static string? MistakeOf(WebhookRequest request) => request switch
    {
        { Include: { Count: 0 } } => $"SLUG6251: the webhook includes nothing; expected one or more of {string.Join(", ", Notice.Includes)}",
        { Include: { } include } when include.Select(named => named ?? "").FirstOrDefault(named => !Notice.Includes.Contains(named)) is { } unknown =>
            $"SLUG6251: '{unknown}' is nothing that Slug tells webhooks; expected one or more of {string.Join(", ", Notice.Includes)}",
        { Level: not (null or WebhookLevel.Notify or WebhookLevel.Sync) } =>
            $"SLUG6252: '{request.Level}' is not a level; expected {WebhookLevel.Notify} (tried once) or {WebhookLevel.Sync} (tried for a day, in order)",
        { Secret: { } secret } when secret.Length is < ShortestSecret or > LongestSecret || !Signatures.IsSecret(secret) =>
            $"SLUG6253: the secret is not one; expected {ShortestSecret} to {LongestSecret} characters, after 'whsec_' a key in base64, or none for a new one",
        { Authorization: { } authorization } when authorization.Length > LongestAuthorization || authorization.Any(letter => letter is < ' ' or > '~') =>
            $"SLUG6254: 'authorization' is not a header's value; expected at most {LongestAuthorization} characters of ASCII, like 'Bearer 0123'",
        _ => null,
    };
}

/// <summary>Whether a webhook can be as it is asked to be.</summary>
internal abstract record WishResult
{
    public sealed record Good(WebhookWish Wish) : WishResult;

    /// <summary>The message begins with its code.</summary>
    public sealed record Refused(string Message) : WishResult;
}
