using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Slug.Commands.Images;

/// <summary>HTTP to an image registry: it is told who asks when it wants to know (distribution's token authentication, or Basic), and what it refuses comes as <see cref="CommandException"/>.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private const int LongestReason = 300;

    private readonly HttpClient http;
    private readonly string host;
    private readonly string scope;
    private readonly Func<AuthenticationHeaderValue?> login;
    private AuthenticationHeaderValue? authorization;

    /// <param name="address">Where it answers; ends with a slash.</param>
    /// <param name="host">Its name, for messages.</param>
    /// <param name="scope">What tokens are asked for, as <c>repository:NAME:pull,push</c>.</param>
    /// <param name="login">What it is given where it asks; null for nothing.</param>
    public RegistryConnection(Uri address, string host, string scope, Func<AuthenticationHeaderValue?> login)
    {
        (this.host, this.scope, this.login) = (host, scope, login);
        http = new(new SocketsHttpHandler { UseProxy = !address.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends what <paramref name="make"/> makes, once more when the registry asks who it is from. The answer's body is the caller's.</summary>
    /// <exception cref="CommandException">It refuses for good.</exception>
    /// <exception cref="HttpRequestException">It is away, or has a moment of weakness: worth another attempt.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<Task<HttpRequestMessage>> make, CancellationToken cancellationToken, params HttpStatusCode[] accepted)
    {
        var response = await OnceAsync(await make(), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            using (response)
                authorization = await AuthorizeAsync(response, cancellationToken);
            response = await OnceAsync(await make(), cancellationToken);
        }

        if (response.IsSuccessStatusCode || accepted.Contains(response.StatusCode))
            return response;
        using (response)
            throw await RefusedAsync(response, cancellationToken);
    }

    /// <summary>Asks for the token that a challenge is about.</summary>
    public async Task<string> TokenAsync(Challenge challenge, CancellationToken cancellationToken)
    {
        if (http.BaseAddress!.Scheme == Uri.UriSchemeHttps && challenge.Realm.Scheme != Uri.UriSchemeHttps)
            throw CommandException.Failure($"SLUG4110: '{host}' wants the password sent to '{challenge.Realm}', without TLS; expected https: tell its operator");
        using var request = new HttpRequestMessage(HttpMethod.Get, challenge.TokenUrl(scope)) { Headers = { Authorization = login() } };
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return (answer.RootElement.TryGetProperty("token", out var token) || answer.RootElement.TryGetProperty("access_token", out token) ? token.GetString() : null)
            ?? throw CommandException.Failure($"SLUG4124: '{host}' answered '{challenge.Realm}' without a token; is it a registry of images?");
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            // An upload may lead to another machine: that one has no use for what this one is told.
            if (request.RequestUri is { IsAbsoluteUri: false } || request.RequestUri?.Authority == http.BaseAddress!.Authority)
                request.Headers.Authorization = authorization;
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }

    private async Task<AuthenticationHeaderValue> AuthorizeAsync(HttpResponseMessage challenged, CancellationToken cancellationToken)
    {
        var challenges = challenged.Headers.WwwAuthenticate;
        if (challenges.FirstOrDefault(one => one.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) is { Parameter: { } bearer })
            return new("Bearer", await TokenAsync(Challenge.Parse(bearer), cancellationToken));
        return login() ?? throw await RefusedAsync(challenged, cancellationToken);
    }

    private async Task<Exception> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reason = await ReasonAsync(response, cancellationToken);
        // Slug's own messages say all that there is to say.
        if (reason.StartsWith("SLUG", StringComparison.Ordinal))
            return new CommandException(reason, response.StatusCode >= HttpStatusCode.InternalServerError ? ExitCode.Failure : ExitCode.UserError);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            return new HttpRequestException($"{(int)response.StatusCode}: {reason}", null, response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when login() is null => CommandException.User(
                $"SLUG4121: '{host}' wants to know who you are; log in with: docker login {host}, or give --username NAME --password-stdin"),
            HttpStatusCode.Unauthorized => CommandException.User(
                $"SLUG4122: '{host}' does not take this user name and password: {reason}; log in again with: docker login {host}, or give --username NAME --password-stdin"),
            HttpStatusCode.Forbidden => CommandException.User(
                $"SLUG4123: '{host}' does not let you do this: {reason}; ask its operator for the right to '{scope}', or name another repository"),
            var status => CommandException.User(
                $"SLUG4124: '{host}' answered '{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}' with {(int)status}: {reason}; expected a registry of images that takes this name"),
        };
    }

    // What another machine says may be anything.
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(text);
            var error = json.RootElement.GetProperty("errors")[0];
            text = error.GetProperty("message").GetString() is { Length: > 0 } message ? message : error.GetProperty("code").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            text = text.Length == 0 ? response.ReasonPhrase ?? "nothing" : text;
        }

        var line = Builds.TerminalText.Clean(text).ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }
}
