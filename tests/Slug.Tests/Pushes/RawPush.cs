using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

/// <summary>A push made by hand, byte for byte.</summary>
internal sealed class RawPush(PushHost host, GitClient client) : IDisposable
{
    private readonly HttpClient http = new()
    {
        BaseAddress = host.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", host.Token) },
    };

    public bool Gzipped { get; set; }

    /// <summary>Pushes these objects of the client and no others.</summary>
    public async Task<IReadOnlyList<PktLine>> SendAsync(string command, IEnumerable<string> objects) =>
        await SendAsync(command, await PackAsync(objects));

    public Task<IReadOnlyList<PktLine>> SendAsync(string command, byte[] pack)
    {
        var body = new ArrayBufferWriter<byte>();
        PktLine.Text(command).WriteTo(body);
        PktLine.Flush.WriteTo(body);
        body.Write(pack);
        return SendAsync(body.WrittenMemory.ToArray());
    }

    /// <summary>With a push option, which may be what git's own client would not send.</summary>
    public async Task<IReadOnlyList<PktLine>> SendAsync(string command, string option, IEnumerable<string> objects)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var line in (string[])[command, option])
        {
            PktLine.Text(line).WriteTo(body);
            PktLine.Flush.WriteTo(body);
        }

        body.Write(await PackAsync(objects));
        return await SendAsync(body.WrittenMemory.ToArray());
    }

    public async Task<IReadOnlyList<PktLine>> SendAsync(byte[] body)
    {
        using var content = new ByteArrayContent(Gzipped ? Zip(body) : body);
        content.Headers.ContentType = new("application/x-git-receive-pack-request");
        if (Gzipped)
            content.Headers.ContentEncoding.Add("gzip");
        using var response = await http.PostAsync("sample.git/git-receive-pack", content);
        response.EnsureSuccessStatusCode();
        var lines = new List<PktLine>();
        var reader = new PktLineReader(PipeReader.Create(await response.Content.ReadAsStreamAsync()));
        while (await reader.ReadAsync(CancellationToken.None) is { } line)
            lines.Add(line);
        return lines;
    }

    public void Dispose() => http.Dispose();

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return zipped.ToArray();
    }

    private async Task<byte[]> PackAsync(IEnumerable<string> objects)
    {
        await using var child = client.Command("pack-objects", "--stdout", "-q").Start();
        await child.Input.WriteAsync(Encoding.ASCII.GetBytes(string.Join('\n', objects) + "\n"));
        child.Input.Close();
        using var pack = new MemoryStream();
        await child.Output.CopyToAsync(pack);
        return pack.ToArray();
    }
}
