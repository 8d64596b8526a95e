using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Slug.Api;
using Slug.Platform;

namespace Slug.Commands.Services;

/// <summary>The service's API. What it refuses, and its silence, come as <see cref="CommandException"/>.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly HttpClient http;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(100);

    public ServiceClient(ServiceAddress address)
        : this(address, patience)
    {
    }

    /// <param name="address">Where the service answers.</param>
    /// <param name="timeout">From a request's first byte to its answer's first.</param>
    public ServiceClient(ServiceAddress address, TimeSpan timeout)
    {
        // A proxy knows nothing of this machine's own ports.
        http = new(new SocketsHttpHandler { UseProxy = !address.Url.IsLoopback }) { BaseAddress = address.Url, Timeout = timeout };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
    }

    public Uri Address => http.BaseAddress!;

    /// <summary>The service that this command line means.</summary>
    public static ServiceClient Of(ParseResult parse) => Of(parse, patience);

    /// <summary>The same with another timeout: what is sent may take its time.</summary>
    public static ServiceClient Of(ParseResult parse, TimeSpan timeout) =>
        new(ServiceAddress.Find(SharedOptions.DataOf(parse), Environment.GetEnvironmentVariable), timeout);

    public async Task<T> GetAsync<T>(string route, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, route, null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string route, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, route, body, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>A body as it is.</summary>
    public async Task<byte[]> ReadAsync(string route, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, route, null, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>For what is answered without a body.</summary>
    public async Task PostAsync(string route, HttpContent? body, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, route, body, cancellationToken)).Dispose();

    public async Task DeleteAsync(string route, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Delete, route, null, cancellationToken)).Dispose();

    /// <summary>The body as it arrives.</summary>
    public Task<Stream> OpenAsync(string route, CancellationToken cancellationToken) => OpenAsync(HttpMethod.Get, route, cancellationToken);

    /// <summary>The body as it arrives.</summary>
    public async Task<Stream> OpenAsync(HttpMethod method, string route, CancellationToken cancellationToken) =>
        await (await SendAsync(method, route, null, cancellationToken)).Content.ReadAsStreamAsync(cancellationToken);

    /// <summary>Sends a body and gives the answer's as it arrives.</summary>
    public async Task<Stream> UploadAsync(string route, HttpContent body, CancellationToken cancellationToken) =>
        await (await SendAsync(HttpMethod.Post, route, body, cancellationToken)).Content.ReadAsStreamAsync(cancellationToken);

    /// <summary>True once the service answers that it is well.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("healthz", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string route, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, route) { Content = body };
        var response = await AnswerAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await RefusedAsync(request, response, cancellationToken);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw NoAnswer(exception.GetBaseException());
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(exception.GetBaseException());
        }
    }

    private CommandException NoAnswer(Exception cause) => CommandException.Failure(
        $"SLUG8008: the service at '{http.BaseAddress}' does not answer ({cause.Message}); look at service.log in its data directory, or start it again: ./slug up", cause);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken)
        ?? throw CommandException.Failure($"SLUG8009: the service answered '{response.RequestMessage?.RequestUri}' with nothing; is it of this version? see: slug status");

    private static async Task<CommandException> RefusedAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var exitCode = response.StatusCode >= HttpStatusCode.InternalServerError ? ExitCode.Failure : ExitCode.UserError;
        return new(await ReasonAsync(request, response, cancellationToken), exitCode);
    }

    private static async Task<string> ReasonAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType switch
        {
            "application/problem+json" => (await ReadAsync(response, ApiJson.Default.ProblemView, cancellationToken)).Detail,
            "application/json" => (await ReadAsync(response, PlatformJson.Default.PlatformError, cancellationToken)).Message,
            "text/plain" => (await response.Content.ReadAsStringAsync(cancellationToken)).Trim(),
            _ => $"SLUG8009: the service answered '{request.Method} {request.RequestUri}' with {(int)response.StatusCode}; look at service.log in its data directory",
        };
}
