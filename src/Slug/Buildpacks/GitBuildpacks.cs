using System.Text.RegularExpressions;
using Slug.Content;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>Buildpacks of git repositories elsewhere: asked where the ref stands, fetched where that is news.</summary>
internal sealed partial class GitBuildpacks(RemoteGit git, FetchedBuildpacks fetched, BuildpackUnpacking unpacking, DataDirectory data)
{
    // Over all that a fetched .gitattributes may say: no file is left out, none is changed.
    private const string Attributes = "* -export-ignore -export-subst -text -eol -ident -filter -working-tree-encoding\n";

    /// <exception cref="RemoteException">The repository or the ref cannot be had.</exception>
    /// <exception cref="BuildpackException">What is there is no buildpack.</exception>
    public async Task<FetchedBuildpack> FetchAsync(BuildpackAddress.Git address, CancellationToken cancellationToken)
    {
        var known = await fetched.FindAsync(address.Url, address.Ref, cancellationToken);
        // A commit never moves.
        var wanted = IsCommit(address.Ref) ? new RemoteRef(address.Ref!, address.Ref!) : await FindRefAsync(address, cancellationToken);
        if (known?.Revision == wanted.Commit)
            return known;
        var repository = Path.Combine(data.Temporary, $"buildpack-{Guid.NewGuid():N}.git");
        try
        {
            var buildpack = await FetchAsync(address, wanted, repository, cancellationToken);
            await fetched.KeepAsync(address.Url, address.Ref, buildpack, cancellationToken);
            return buildpack;
        }
        finally
        {
            if (Directory.Exists(repository))
                Directory.Delete(repository, recursive: true);
        }
    }

    private async Task<FetchedBuildpack> FetchAsync(BuildpackAddress.Git address, RemoteRef wanted, string repository, CancellationToken cancellationToken)
    {
        await git.RunLocalAsync(["init", "--quiet", "--bare", "--template=", repository], cancellationToken);
        Directory.CreateDirectory(Path.Combine(repository, "info"));
        await File.WriteAllTextAsync(Path.Combine(repository, "info", "attributes"), Attributes, cancellationToken);
        await git.RunAsync(
            address.Url, ["--git-dir", repository, "fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", address.Url.Target.AbsoluteUri, wanted.Name], cancellationToken);
        // It may have moved since it was asked for: what was fetched counts.
        var commit = (await git.RunLocalAsync(["--git-dir", repository, "rev-parse", "--verify", "FETCH_HEAD^{commit}"], cancellationToken)).Trim();
        return new() { Revision = commit, Digest = await ShelveAsync(address, repository, commit, cancellationToken) };
    }

    private async Task<Digest> ShelveAsync(BuildpackAddress.Git address, string repository, string commit, CancellationToken cancellationToken)
    {
        await using var archive = git.Local("--git-dir", repository, "archive", "--format=tar", commit).Start();
        archive.Input.Close();
        var error = CapturedText.TailOfAsync(archive.Error, 4096, cancellationToken);
        var digest = await unpacking.ShelveAsync(address, archive.Output, cancellationToken);
        await archive.Output.CopyToAsync(Stream.Null, cancellationToken);
        return await archive.WaitAsync(cancellationToken) is 0 ? digest : throw new IOException($"git archive of {commit} failed: {await error}");
    }

    // Of a branch and a tag of one name, the branch: as git clone --branch takes it.
    private async Task<RemoteRef> FindRefAsync(BuildpackAddress.Git address, CancellationToken cancellationToken)
    {
        string[] names = address.Ref is { } name ? [$"refs/heads/{name}", $"refs/tags/{name}"] : ["HEAD"];
        var listed = await git.RunAsync(
            address.Url,
            ["ls-remote", "--quiet", "--end-of-options", address.Url.Target.AbsoluteUri, .. names, .. names.Select(tag => $"{tag}^{{}}")],
            cancellationToken);
        var refs = listed.Split('\n').Select(line => line.Split('\t')).Where(pair => pair.Length == 2).ToLookup(pair => pair[1], pair => pair[0]);
        var found = names.FirstOrDefault(refs.Contains) ?? throw RemoteException.NoSuchRef(address.Url.ToString(), address.Ref ?? "HEAD");
        // An annotated tag is told twice: itself, and the commit behind it.
        return new(found, refs[$"{found}^{{}}"].FirstOrDefault() ?? refs[found].First());
    }

    private static bool IsCommit(string? name) => name is not null && Commit().IsMatch(name);

    [GeneratedRegex(@"^[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    private sealed record RemoteRef(string Name, string Commit);
}
