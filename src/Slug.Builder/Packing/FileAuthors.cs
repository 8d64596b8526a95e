using Slug.Content.Trees;
using Slug.Content.Wire;

namespace Slug.Builder.Packing;

/// <summary>Who wrote the app's files last, of a build that is compared with an earlier one; other builds do not ask.</summary>
internal sealed class FileAuthors(BuildJob job, BuilderPaths paths)
{
    private readonly Lazy<TreeHistory<FileAuthor>> history = new(() => new(Path.Combine(Directory.CreateDirectory(paths.Steps).FullName, "clock")));
    private readonly List<string> folders = [];

    /// <summary>What was written since the last end was written by this one.</summary>
    public void End(FileAuthor author)
    {
        if (job.IsVerification)
            history.Value.End(author);
    }

    /// <summary>The builder moves these files, and is no author: they are in their place before the next end.</summary>
    public void Hold(string folder)
    {
        if (job.IsVerification)
            history.Value.Hold(folder);
    }

    /// <summary>Another folder whose files are packed as those of the app's.</summary>
    public void Add(string folder) => folders.Add(folder);

    /// <summary>All of them; of a path that comes twice the later holds.</summary>
    public IEnumerable<AuthoredFile> Read() =>
        folders.Append(paths.App).SelectMany(history.Value.Read).Select(file => new AuthoredFile(file.Path, file.Name));
}
