namespace Slug.Commands;

/// <summary>A file that is there when all of it is.</summary>
internal static class WholeFile
{
    /// <returns>Its length in bytes.</returns>
    public static async Task<long> WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = File.Create(unfinished))
                await content.CopyToAsync(file, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
            return new FileInfo(path).Length;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
