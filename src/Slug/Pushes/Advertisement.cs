using System.IO.Pipelines;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>The refs and abilities that a git client asks for first (gitprotocol-http, "Discovering References").</summary>
internal sealed class Advertisement(Git git)
{
    public async Task WriteAsync(
        Repository repository, GitService service, string? protocol, HttpResponse response, CancellationToken cancellationToken)
    {
        GitRequest.Answer(response, service.AdvertisementType);
        // Version 2 has no such line; receive-pack knows no version 2.
        if (service != GitService.UploadPack || protocol?.Split(':').Contains("version=2") != true)
            WriteService(service, response.BodyWriter);
        await using var child = git.Serve(repository, service, protocol, "--http-backend-info-refs").Start();
        child.Input.Close();
        var error = CapturedText.TailOfAsync(child.Error, 4096, CancellationToken.None);
        await child.Output.CopyToAsync(response.BodyWriter, cancellationToken);
        if (await child.WaitAsync(cancellationToken) is not 0 and var exitCode)
            throw new IOException($"git {service.Command} exited with {exitCode}: {await error}");
    }

    /// <summary>A refusal that every git client shows, as <c>fatal: remote error: …</c>: it hides the text of any HTTP status.</summary>
    public static async Task RefuseAsync(GitService service, string message, HttpResponse response, CancellationToken cancellationToken)
    {
        GitRequest.Answer(response, service.AdvertisementType);
        WriteService(service, response.BodyWriter);
        PktLine.Text($"ERR {message}\n").WriteTo(response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void WriteService(GitService service, PipeWriter writer)
    {
        PktLine.Text($"# service={service.Name}\n").WriteTo(writer);
        PktLine.Flush.WriteTo(writer);
    }
}
