using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Submodules;

namespace Slug.Sources;

/// <summary>What a push brought and what was there before, to be asked for.</summary>
internal sealed class PushedObjects(Repository repository, Quarantine? quarantine, Git git)
{
    /// <summary>The commit's tree; null where the object is no commit, such as a tag, or is not there.</summary>
    public async Task<ObjectId?> TreeOfAsync(ObjectId id, CancellationToken cancellationToken)
    {
        var parsed = await RunAsync(["rev-parse", $"{id}^{{commit}}", $"{id}^{{tree}}"], cancellationToken);
        return parsed.Succeeded
            && parsed.Output.Split('\n') is [var commit, var tree, ..]
            && commit == id.ToString()
            && ObjectId.TryParse(tree, null, out var found)
                ? found
                : null;
    }

    /// <summary>What stands at a path of a tree or commit, as a record of <c>git ls-tree -l</c>; empty where nothing does.</summary>
    public async Task<string> ListAsync(ObjectId tree, string path, CancellationToken cancellationToken)
    {
        var listed = await RunAsync(["--literal-pathspecs", "ls-tree", "-l", "-z", "--full-tree", tree.ToString(), "--", path], cancellationToken);
        return listed.Succeeded ? listed.Output.TrimEnd('\0') : throw new IOException($"git ls-tree of {tree} failed: {listed.Error}");
    }

    /// <summary>The <c>.gitmodules</c> of a commit, as git itself reads it.</summary>
    public async Task<ModulesResult> ReadModulesAsync(ObjectId commit, CancellationToken cancellationToken)
    {
        if ((await ListAsync(commit, ".gitmodules", cancellationToken)).Length == 0)
            return new ModulesResult.Read(GitModules.None);
        var read = await RunAsync(["config", "-z", "--list", $"--blob={commit}:.gitmodules"], cancellationToken);
        return read.Succeeded ? new ModulesResult.Read(GitModules.Read(read.Output)) : new ModulesResult.Malformed(Readable.Text(read.Error.Trim()));
    }

    private Task<ChildResult> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        git.Command(repository, quarantine, arguments).RunAsync(cancellationToken);
}
