using Microsoft.AspNetCore.Routing;
using Slug.Tests.Platform;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

/// <summary>Every endpoint that is not in the table of scopes: what keeps strangers out, where anything does, and what it says to a mistake.</summary>
[CancelAfter(60_000)]
internal sealed class When_no_token_is_needed
{
    private RunningService service = null!;

    private static IEnumerable<OpenCase> Strangers => OpenCases.Strangers;

    private static IEnumerable<OpenCase> Mistakes => OpenCases.Mistakes;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync(CancellationToken.None);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public void Every_open_endpoint_is_in_both_tables()
    {
        var endpoints = service.Endpoints.Where(endpoint => AccessRules.Open.Contains(endpoint.RoutePattern.RawText!))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")).ToList();
        Assert.That(Strangers.Select(known => known.Endpoint), Is.EquivalentTo(endpoints));
        Assert.That(Mistakes.Select(known => known.Endpoint).Distinct(), Is.EquivalentTo(endpoints));
    }

    [TestCaseSource(nameof(Strangers))]
    public Task Should_know_who_may_ask(OpenCase known, CancellationToken cancellationToken) => CheckAsync(known, cancellationToken);

    [TestCaseSource(nameof(Mistakes))]
    public Task Should_say_what_is_wrong(OpenCase known, CancellationToken cancellationToken) => CheckAsync(known, cancellationToken);

    private async Task CheckAsync(OpenCase known, CancellationToken cancellationToken)
    {
        var method = known.Endpoint.Split(' ')[0];
        var path = known.Path.StartsWith("signed", StringComparison.Ordinal) ? new Uri(BuildCases.LinkTo(service, method, known.Path["signed".Length..])).PathAndQuery : known.Path;
        using var response = await service.SendAsync(known.Method ?? method, path, null, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(known.Status), body);
        Assert.That(body, response.Content.Headers.ContentType?.MediaType == "text/html" ? Does.Contain(known.Says) : Does.StartWith(known.Says));
    }
}
