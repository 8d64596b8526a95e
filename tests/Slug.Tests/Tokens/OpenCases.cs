namespace Slug.Tests.Tokens;

/// <summary>An endpoint that needs no token, and a request to it, with none.</summary>
/// <param name="Endpoint">Method and pattern, as routing has it.</param>
/// <param name="Path">Where the request goes. What follows the word <c>signed</c> is signed first, as the service does.</param>
/// <param name="Status">How it is answered.</param>
/// <param name="Says">What the answer begins with, or holds where it is a page.</param>
internal sealed record OpenCase(string Endpoint, string Path, int Status, string Says)
{
    /// <summary>Null for that of the endpoint.</summary>
    public string? Method { get; init; }

    public override string ToString() => $"{Endpoint}: {Status} {Says}";
}

/// <summary>Two tables: how each such endpoint knows who may ask, and what it says to what it cannot take.</summary>
internal static class OpenCases
{
    private const string Id = "01988f5e-0000-7000-8000-000000000000";

    /// <summary>Who has neither token nor signature.</summary>
    public static IReadOnlyList<OpenCase> Strangers { get; } =
    [
        new("GET /healthz", "/healthz", 200, "ok"),
        new("GET /readyz", "/readyz", 503, """{"ready":false"""),
        new("GET /slug/signing-key", "/slug/signing-key", 200, "-----BEGIN PUBLIC KEY-----"),
        new("GET /slug/openapi.json", "/slug/openapi.json", 200, "{"),
        new("GET /buildpacks/{buildpack}", "/buildpacks/heroku%2Fnodejs", 200, "{"),
        new("GET /streams/{build:guid}", $"/streams/{Id}", 403, "SLUG6151: "),
        new("PUT /sources/{source:guid}", $"/sources/{Id}", 403, "SLUG6163: "),
        new("GET /sources/{source:guid}", $"/sources/{Id}", 403, "SLUG6163: "),
        new("GET /log-sessions/{app:guid}", $"/log-sessions/{Id}", 403, "SLUG6171: "),
        new("POST /hooks/{app}/{hook}", "/hooks/mine/github", 401, "SLUG6200: "),
        new("GET /ui/sign-in", "/ui/sign-in", 200, "<!DOCTYPE html>"),
        new("POST /ui/sign-in", "/ui/sign-in", 403, "SLUG6301"),
        new("GET /ui/assets/{file}", "/ui/assets/slug.css", 404, "SLUG6302"),
        new("GET /slugs/{app:guid}/{slug:guid}", $"/slugs/{Id}/{Id}", 403, "SLUG6180: "),
        new("PUT /slugs/{app:guid}/{slug:guid}", $"/slugs/{Id}/{Id}", 403, "SLUG6129: "),
    ];

    /// <summary>Who may ask, and asks for what is not.</summary>
    public static IReadOnlyList<OpenCase> Mistakes { get; } =
    [
        new("GET /healthz", "/healthz", 405, "SLUG6330: 'POST'") { Method = "POST" },
        new("GET /readyz", "/readyz", 405, "SLUG6330: 'PUT'") { Method = "PUT" },
        new("GET /slug/signing-key", "/slug/signing-key?as=jwk", 400, """{"title":"Not readable","detail":"SLUG6198: """),
        new("GET /slug/openapi.json", "/slug/openapi.json", 405, """{"title":"Not found","detail":"SLUG6330: """) { Method = "DELETE" },
        new("GET /buildpacks/{buildpack}", "/buildpacks/a/b", 404, "SLUG6199: there is nothing at 'GET /buildpacks/a/b'"),
        new("GET /streams/{build:guid}", $"signed/streams/{Id}", 404, "SLUG6152: "),
        new("GET /streams/{build:guid}", "/streams/7", 404, "SLUG6199: "),
        new("PUT /sources/{source:guid}", $"signed/sources/{Id}", 403, "SLUG6163: ") { Method = "GET" },
        new("GET /sources/{source:guid}", $"signed/sources/{Id}", 404, "SLUG6164: "),
        new("GET /log-sessions/{app:guid}", $"signed/log-sessions/{Id}?lines=1", 404, "SLUG6172: "),
        new("GET /log-sessions/{app:guid}", $"signed/log-sessions/{Id}?lines=many", 400, "SLUG6196: 'lines' of the query is 'many'; expected a whole number"),
        new("POST /hooks/{app}/{hook}", "/hooks/No%20App/github", 401, "SLUG6200: "),
        new("GET /ui/sign-in", "/ui/sign-in?to=https%3A%2F%2Felsewhere.example", 200, "<!DOCTYPE html>"),
        new("POST /ui/sign-in", "/ui/sign-in", 405, "SLUG6330: 'DELETE'") { Method = "DELETE" },
        new("GET /ui/assets/{file}", "/ui/assets/..%2Fslug.css", 404, "SLUG6302"),
        new("GET /slugs/{app:guid}/{slug:guid}", $"signed/slugs/{Id}/{Id}", 404, "SLUG6181: "),
        new("PUT /slugs/{app:guid}/{slug:guid}", $"signed/slugs/{Id}/{Id}", 404, "SLUG6137: "),
    ];
}
