using System.Text;
using Slug.Apps;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Finds the folder of a repository that is to be built.</summary>
internal static class FolderSearch
{
    public static async Task<FolderResult> FindAsync(PushedObjects objects, ObjectId root, SourceFolder folder, CancellationToken cancellationToken)
    {
        if (folder.IsWhole)
            return new FolderResult.Found(root);
        return Read(await objects.ListAsync(root, folder.Path, cancellationToken), folder);
    }

    private static FolderResult Read(string record, SourceFolder folder)
    {
        var name = Readable.Text(folder.Path);
        if (record.Length == 0)
            return new FolderResult.Refused(
                $"SLUG2301: the folder '{name}' is not in the source; correct it with '-o dir=PATH', or for every push with './slug apps set APP --dir PATH'");
        var entry = TreeEntry.Read(Encoding.UTF8.GetBytes(record));
        return entry.IsFolder
            ? new FolderResult.Found(entry.Id)
            : new FolderResult.Refused(
                $"SLUG2302: '{name}' is {(entry.IsSubmodule ? "a submodule" : "a file")}; expected a folder of the repository; correct the directory");
    }
}

/// <summary>What stands at a folder's path.</summary>
internal abstract record FolderResult
{
    private FolderResult()
    {
    }

    internal sealed record Found(ObjectId Tree) : FolderResult;

    internal sealed record Refused(string Message) : FolderResult;
}
