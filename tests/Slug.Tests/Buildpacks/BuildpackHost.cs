using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Hosting;

namespace Slug.Tests.Buildpacks;

/// <summary>Another machine, on the loopback: it serves one git repository, by git itself, and files with ETags.</summary>
internal sealed class BuildpackHost : IAsyncDisposable
{
    private static readonly Dictionary<string, string> environment = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "a",
        ["GIT_AUTHOR_EMAIL"] = "a@example.com",
        ["GIT_COMMITTER_NAME"] = "a",
        ["GIT_COMMITTER_EMAIL"] = "a@example.com",
    };

    private readonly WebApplication web;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slug-remote-");

    private BuildpackHost(WebApplication web) => this.web = web;

    /// <summary>As <c>http://127.0.0.1:PORT</c>.</summary>
    public string Url => web.Urls.Single();

    public string Repository => $"{Url}/buildpack.git";

    /// <summary>Method, path and query of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>As <c>user:password</c>, where there is one to know.</summary>
    public string? Secret { get; set; }

    /// <summary>So many requests are answered with 503 first.</summary>
    public int Failures { get; set; }

    public Dictionary<string, byte[]> Files { get; } = [];

    public static async Task<BuildpackHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var host = new BuildpackHost(web);
        web.Use(host.GuardAsync);
        web.MapGet("/buildpack.git/info/refs", host.AdvertiseAsync);
        web.MapPost("/buildpack.git/git-upload-pack", host.ServeAsync);
        web.MapGet("/moved/{**to}", (string to) => Results.Redirect("/" + to));
        web.MapGet("/files/{name}", host.FileOf);
        await web.StartAsync();
        await host.GitAsync("init", "--quiet", "--initial-branch=main");
        return host;
    }

    /// <summary>A buildpack that writes a file: its two programs, the first line left out.</summary>
    public static Dictionary<string, string> Programs(string detect, string compile) => new()
    {
        ["bin/detect"] = $"#!/bin/bash\n{detect}\n",
        ["bin/compile"] = $"#!/bin/bash\n{compile}\n",
    };

    /// <summary>Commits these files and gives the commit.</summary>
    public async Task<string> CommitAsync(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content);
        }

        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message=state");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        var result = await new ChildProcess("git", arguments) { Environment = environment, WorkingDirectory = folder.FullName }.RunAsync(CancellationToken.None);
        return result.Succeeded ? result.Output : throw new AssertionException($"git {string.Join(' ', arguments)}: {result.Error}");
    }

    /// <summary>A gzip'ed tar of these files below a folder, as <c>/files/NAME</c>.</summary>
    public string Archive(string name, IReadOnlyDictionary<string, string> files, string below = "")
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (path, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, below + path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        Files[name] = bytes.ToArray();
        return $"{Url}/files/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        lock (Requests)
            Requests.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        if (Failures-- > 0)
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (Secret is not null && http.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}")
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            await next(http);
    }

    private IResult FileOf(HttpRequest request, string name)
    {
        if (!Files.TryGetValue(name, out var bytes))
            return Results.NotFound();
        var tag = $"\"{Content.Digest.Of(bytes).Hex}\"";
        return request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(bytes, entityTag: new(tag));
    }

    private async Task AdvertiseAsync(HttpContext http)
    {
        http.Response.ContentType = "application/x-git-upload-pack-advertisement";
        await http.Response.WriteAsync("001e# service=git-upload-pack\n0000");
        await UploadPackAsync(http, "--advertise-refs");
    }

    private Task ServeAsync(HttpContext http)
    {
        http.Response.ContentType = "application/x-git-upload-pack-result";
        return UploadPackAsync(http);
    }

    private async Task UploadPackAsync(HttpContext http, params string[] more)
    {
        var git = new ChildProcess("git", ["upload-pack", "--stateless-rpc", .. more, Path.Combine(folder.FullName, ".git")])
        {
            Environment = new Dictionary<string, string>(environment) { ["GIT_PROTOCOL"] = http.Request.Headers["Git-Protocol"].ToString() },
        };
        await using var child = git.Start();
        var encoded = http.Request.Headers.ContentEncoding == "gzip";
        await using var body = encoded ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        await body.CopyToAsync(child.Input);
        child.Input.Close();
        await child.Output.CopyToAsync(http.Response.Body);
    }
}
