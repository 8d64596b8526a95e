using System.Globalization;
using System.Text;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources;

/// <summary>Tells which of a tree's files are pointers of Git LFS, by reading those that have a pointer's length.</summary>
internal sealed class PointerSearch(Git git)
{
    public async Task<IReadOnlyList<PointerFile>> FindAsync(
        Repository repository, Quarantine? quarantine, IReadOnlyDictionary<ObjectId, PointerCandidate> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
            return [];
        await using var child = git.Command(repository, quarantine, "cat-file", "--batch", "--buffer").Start();
        var asking = AskAsync(child, candidates.Keys, cancellationToken);
        // One character for each byte: contents are binary.
        using var output = new StreamReader(child.Output, Encoding.Latin1);
        var found = new List<PointerFile>();
        foreach (var candidate in candidates.Values)
        {
            if (LargeFilePointer.TryRead(await ReadAsync(output, cancellationToken), out var pointer))
                found.Add(new(candidate.Path, pointer, candidate.Copies));
        }

        await asking;
        return found;
    }

    private static async Task AskAsync(StartedChild child, IEnumerable<ObjectId> objects, CancellationToken cancellationToken)
    {
        await using var input = new StreamWriter(child.Input, Encoding.ASCII) { NewLine = "\n" };
        foreach (var id in objects)
            await input.WriteLineAsync(id.ToString().AsMemory(), cancellationToken);
    }

    // git-cat-file, "BATCH OUTPUT": the object, its type and its length, a line end; the contents, a line end.
    private static async Task<byte[]> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        if ((await output.ReadLineAsync(cancellationToken))?.Split(' ') is not [_, "blob", var size])
            throw new IOException("git cat-file answered with something else than a blob");
        var contents = new char[int.Parse(size, CultureInfo.InvariantCulture) + 1];
        return await output.ReadBlockAsync(contents, cancellationToken) == contents.Length
            ? Encoding.Latin1.GetBytes(contents, 0, contents.Length - 1)
            : throw new IOException("git cat-file ended within a blob");
    }
}
