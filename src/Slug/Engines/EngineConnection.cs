using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>HTTP over the engine's socket: versions, timeouts, retries, and failures as <see cref="EngineException"/>.</summary>
internal sealed class EngineConnection : IDisposable
{
    private readonly EngineOptions options;
    private readonly HttpClient client;
    private readonly ResiliencePipeline retry;
    private readonly TimeProvider time;
    private ApiVersion? version;

    public EngineConnection(EngineOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        Address = EngineAddress.From(options.Socket, Environment.GetEnvironmentVariable("DOCKER_HOST"));
        client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) => new NetworkStream(await Address.ConnectAsync(token), ownsSocket: true),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            UseProxy = false,
        })
        {
            BaseAddress = new("http://docker"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        retry = BuildRetry();
    }

    public EngineAddress Address { get; }

    /// <summary>The version that both sides speak; asked once, and again after the engine was away.</summary>
    public async Task<ApiVersion> VersionAsync(CancellationToken cancellationToken) =>
        version ??= await NegotiateAsync(cancellationToken);

    /// <summary>Sends and reads a JSON answer; null where the engine knows no such thing (404).</summary>
    public async Task<T?> FindAsync<T>(EngineCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(call, cancellationToken, HttpStatusCode.NotFound);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(call, response, type, cancellationToken);
    }

    /// <summary>Sends and reads a JSON answer.</summary>
    public async Task<T> ReadAsync<T>(EngineCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(call, cancellationToken);
        return await ReadAsync(call, response, type, cancellationToken);
    }

    /// <summary>Sends; false where the engine answered with one of the accepted refusals.</summary>
    public async Task<bool> DoAsync(EngineCall call, CancellationToken cancellationToken, params HttpStatusCode[] accepted)
    {
        using var response = await SendAsync(call, cancellationToken, accepted);
        return !accepted.Contains(response.StatusCode);
    }

    /// <summary>Sends and gives the answer as soon as its headers are there; its body is the caller's.</summary>
    /// <exception cref="EngineException">No answer, or one that is neither success nor accepted.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        EngineCall call, CancellationToken cancellationToken, params HttpStatusCode[] accepted)
    {
        var prefix = $"/v{await VersionAsync(cancellationToken)}";
        var response = await AttemptAsync(call, prefix, cancellationToken);
        if ((int)response.StatusCode < 400 || accepted.Contains(response.StatusCode))
            return response;
        using (response)
            throw EngineException.Refused(call.ToString(), response.StatusCode, await ReasonAsync(response, cancellationToken));
    }

    public void Dispose() => client.Dispose();

    private async Task<ApiVersion> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var response = await AttemptAsync(EngineCall.Get("/_ping"), "", cancellationToken);
        var engine = response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : "none";
        return ApiVersion.Negotiate(engine) ?? throw EngineException.TooOld(Address, engine);
    }

    private async Task<HttpResponseMessage> AttemptAsync(EngineCall call, string prefix, CancellationToken cancellationToken)
    {
        try
        {
            return call.Repeatable
                ? await retry.ExecuteAsync(async token => await OnceAsync(call, prefix, token), cancellationToken)
                : await OnceAsync(call, prefix, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            version = null;
            throw exception.HttpRequestError == HttpRequestError.ConnectionError
                ? EngineException.NoAnswer(Address, exception.GetBaseException())
                : EngineException.Broken(Address, call.ToString(), exception.GetBaseException());
        }
    }

    private async Task<HttpResponseMessage> OnceAsync(EngineCall call, string prefix, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, prefix + call.Path) { Content = call.Body?.Invoke() };
        if (call.Unlimited)
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw EngineException.TooSlow(Address, call.ToString(), options.CallTimeout);
        }
    }

    private async Task<T> ReadAsync<T>(
        EngineCall call, HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new JsonException("the answer is null");
        }
        catch (JsonException exception)
        {
            throw EngineException.Malformed(call.ToString(), exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // An engine that dies has often answered already, as far as the headers.
            throw EngineException.Broken(Address, call.ToString(), exception.GetBaseException());
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(text, EngineJson.Default.EngineError)?.Message ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private ResiliencePipeline BuildRetry() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
            MaxRetryAttempts = Math.Max(1, options.Retries),
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.RetryDelay,
        })
        .Build();
}
