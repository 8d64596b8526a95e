using System.Text.Encodings.Web;
using System.Text.Json;
using Slug.Content.Sources;
using Slug.Content.Wire;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources.Archives;

/// <summary>
/// Turns a slug that was uploaded into a source: a commit that holds what it starts, and stands for its archive by a pointer of Git LFS.
/// git would lose modes, empty folders and hard links of the files themselves, and would keep them for ever.
/// </summary>
internal sealed class SlugImport(Git git)
{
    private const string File = "100644";

    // Read by people too: what is no ASCII stays as it is.
    private static readonly WireJson json = new(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public async Task<ObjectId> RunAsync(Repository repository, Quarantine quarantine, SlugContent slug, CancellationToken cancellationToken)
    {
        await using var import = new CommitImport(git, repository, quarantine);
        var processes = JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(slug.Processes.ToDictionary(), StringComparer.Ordinal), json.IReadOnlyDictionaryStringString);
        await import.PutFileAsync(SlugSource.Processes, File, processes.Length, new MemoryStream(processes), cancellationToken);
        var pointer = slug.Archive.ToFile();
        await import.PutFileAsync(SlugSource.Archive, File, pointer.Length, new MemoryStream(pointer), cancellationToken);
        return await import.FinishAsync(cancellationToken);
    }
}

/// <summary>A slug that was uploaded: its id, under which its archive is among the large files, and its process types with their commands.</summary>
internal sealed record SlugContent(Guid Id, LargeFilePointer Archive, IReadOnlyDictionary<string, string> Processes);
