using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Blobs;
using Slug.Tests.Tokens;

namespace Slug.Tests.Platform;

internal static class BuildCases
{
    private const string Members = "app buildpacks created_at generation id output_stream_url release slug source_blob stack status updated_at user";
    private const string Build = "#/definitions/build";
    private const string Slug = "#/definitions/slug";
    private const string SlugMembers = "blob buildpack_provided_description checksum commit commit_description created_at deleted_at id process_types size stack updated_at";
    private const string NoBuild = "/apps/mine/builds/00000000-0000-0000-0000-000000000000";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("POST /apps/{app}/builds", "/apps/mine/builds")
        {
            Body = """{"source_blob":{"url":"{source}","checksum":null,"version":"v1"},"buildpacks":[{"url":"https://example.org/x.tgz"},{"name":"heroku/nodejs"}]}""",
            Status = 201,
            Schema = Build,
            Members = Members,
            Bad = new(422, "invalid_params", "SLUG6161") { Body = "{}" },
        },
        new("GET /apps/{app}/builds", "/apps/mine/builds") { Schema = Build, IsList = true, Members = Members, Bad = BadInput.NoRange },
        new("GET /apps/{app}/builds/{id}", "/apps/mine/builds/{build}") { Schema = Build, Members = Members, Bad = new(404, "not_found", "SLUG3021") { Path = NoBuild } },
        new("GET /apps/{app}/builds/{id}/result", "/apps/mine/builds/{build}/result")
        {
            Schema = null,
            Members = "build exit_code lines",
            Bad = new(404, "not_found", "SLUG3021") { Path = NoBuild + "/result" },
        },
        new("DELETE /apps/{app}/builds/{id}", "/apps/mine/builds/{pending}") { Schema = Build, Members = Members, Bad = new(409, "conflict", "SLUG3020") { Path = "/apps/mine/builds/{build}" } },
        new("DELETE /apps/{app}/build-cache", "/apps/mine/build-cache") { Status = 204, Schema = null, Bad = BadInput.NoApp("/apps/nobody/build-cache") },
        new("POST /sources", "/sources") { Status = 201, Schema = "#/definitions/source", Members = "source_blob", Bad = BadInput.OldVersion },
        new("POST /apps/{app}/sources", "/apps/mine/sources") { Status = 201, Schema = "#/definitions/source", Members = "source_blob", Bad = BadInput.NoApp("/apps/nobody/sources") },
        new("POST /apps/{app}/slugs", "/apps/mine/slugs")
        {
            Body = """{"process_types":{"web":"./serve"},"commit":"60883d9","stack":"bookworm"}""",
            Status = 201,
            Schema = Slug,
            Members = SlugMembers,
            Bad = new(422, "invalid_params", "SLUG6123") { Body = "{}" },
        },
        new("GET /apps/{app}/slugs/{slug}", "/apps/mine/slugs/{slug}")
        {
            Schema = Slug,
            Members = SlugMembers,
            Bad = new(404, "not_found", "SLUG6115") { Path = "/apps/mine/slugs/v1" },
        },
        new("POST /apps/{app}/log-sessions", "/apps/mine/log-sessions")
        {
            Body = """{"lines":10,"tail":true,"source":"app"}""",
            Status = 201,
            Schema = "#/definitions/log-session",
            Members = "created_at id logplex_url updated_at",
            Bad = new(422, "invalid_params", "SLUG6170") { Body = """{"lines":0}""" },
        },
    ];

    /// <summary>A source on the shelf; a build that has failed, and one that waits for its turn, which is taken.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PrepareAsync(PlatformScene scene)
    {
        var (mine, builds, logs) = (scene.App, scene.Of<BuildStore>(), scene.Of<BuildLogs>());
        scene.Of<PushTurns>().Enter(mine.Id);
        var url = await ShelvedAsync(scene.Service, Tarball.Of(("Procfile", "web: true\n")));
        var failed = Guid.CreateVersion7();
        await builds.AskAsync(failed, mine, "tests", new() { Url = "https://example.org/source.tgz" }, CancellationToken.None);
        logs.Start(failed).Say("-----> Fetching");
        await builds.RefuseAsync(failed, mine, "tests", BuildStatus.Failed, "SLUG6164: nothing was uploaded");
        logs.Finish(failed);
        var target = new Uri(url).PathAndQuery;
        SourceAddress.TryRead(url, null, own => own == target, out var address, out _);
        var pending = await scene.Of<AskedBuilds>().AskAsync(mine, "tests", address!, new() { Url = "https://example.org/source.tgz" }, CancellationToken.None);
        return new Dictionary<string, string> { ["source"] = url, ["build"] = failed.ToString(), ["pending"] = pending.ToString() };
    }

    /// <summary>The address of an archive that was uploaded.</summary>
    public static async Task<string> ShelvedAsync(RunningService service, byte[] archive)
    {
        var id = Guid.CreateVersion7();
        await service.Services.GetRequiredService<SourceShelf>().ReceiveAsync(id, new MemoryStream(archive), CancellationToken.None);
        return LinkTo(service, "GET", $"/sources/{id}");
    }

    /// <summary>An address as the service signs them.</summary>
    public static string LinkTo(RunningService service, string method, string target)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new(service.Address.Authority));
        return service.Services.GetRequiredService<SignedLinks>().To(http, method, target, TimeSpan.FromMinutes(10));
    }
}
