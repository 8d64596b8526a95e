using System.Globalization;
using Slug.Apps;
using Slug.Pushes;
using Slug.Sources.LargeFiles;

namespace Slug.Sources.Submodules;

/// <summary>The submodules of one push, from the outermost in: what was found of them so far.</summary>
internal sealed class SubmoduleWalk(Push push, PushedObjects objects, TreeListing listing, SubmoduleFetch fetches, AppStore apps, int most)
{
    private readonly Queue<Level> levels = [];
    private readonly List<Graft> grafts = [];
    private readonly List<string> notes = [];
    private readonly List<string> warnings = [];
    private readonly List<Guid> owners = [];
    private readonly List<NamedFiles> files = [];

    /// <summary>Where each submodule's tree belongs; one inside another comes after it.</summary>
    public IReadOnlyList<Graft> Grafts => grafts;

    /// <summary>What the pusher is told on the way.</summary>
    public IReadOnlyList<string> Notes => notes;

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>The apps of this Slug that submodules came from.</summary>
    public IReadOnlyList<Guid> Apps => owners;

    /// <summary>The large files of submodules that came from elsewhere.</summary>
    public IReadOnlyList<NamedFiles> Files => files;

    /// <summary>Walks all of them; gives why the push is refused, null where all are there.</summary>
    public async Task<string?> RunAsync(IReadOnlyList<Gitlink> gitlinks, CancellationToken cancellationToken)
    {
        var folder = push.Wishes.Folder ?? push.App.Folder;
        SubmoduleAddress origin = push.Origin is { } fetched ? new SubmoduleAddress.OfHost(fetched.Url) : new SubmoduleAddress.OfApp(push.App.Name);
        levels.Enqueue(new(push.NewCommit, origin, folder.IsWhole ? "" : $"{folder.Path}/", "", gitlinks));
        while (levels.TryDequeue(out var level))
        {
            if (level.Gitlinks.Count > 0 && await WalkAsync(level, cancellationToken) is { } mistake)
                return mistake;
        }

        return null;
    }

    private async Task<string?> WalkAsync(Level level, CancellationToken cancellationToken)
    {
        var read = await objects.ReadModulesAsync(level.Commit, cancellationToken);
        if (read is not ModulesResult.Read(var modules))
            return $"SLUG2310: .gitmodules of {level.Address} cannot be read ({((ModulesResult.Malformed)read).Said}); correct it as gitmodules(5) has it";
        foreach (var link in level.Gitlinks)
        {
            if (modules.UrlOf(level.Folder + link.Path) is not { } url)
                warnings.Add($"SLUG2007: '{Readable.Text(level.Path + link.Path)}' is a submodule that .gitmodules does not name; the build sees an empty folder; add it with 'git submodule add', or remove it");
            else if (await AddAsync(level, link, url, cancellationToken) is { } mistake)
                return mistake;
        }

        return null;
    }

    private async Task<string?> AddAsync(Level level, Gitlink link, string url, CancellationToken cancellationToken)
    {
        var path = level.Path + link.Path;
        var name = $"the submodule '{Readable.Text(path)}'";
        if (grafts.Count >= most)
            return string.Create(CultureInfo.InvariantCulture, $"SLUG2315: {name} is one too many; expected at most {most}, those of submodules included; copy some into the repository");
        if (level.Address.Resolve(url) is not { } address)
            return $"SLUG2311: {name} has the URL '{Shown(url)}', which is not fetched; expected http(s)://HOST/… without a password, or a relative one like '../lib.git' for an app of this Slug; correct .gitmodules";
        notes.Add($"-----> Submodule '{Readable.Text(path)}' at {link.Commit.ToShortString()} of {Readable.Text(address.ToString())}");
        if (await FetchAsync(address, link.Commit, cancellationToken) is { } mistake)
            return $"SLUG2312: {name} at {link.Commit.ToShortString()} cannot be fetched from {Readable.Text(address.ToString())}: {mistake}; push that commit there, see that this service may read it, or correct .gitmodules";
        if (await objects.TreeOfAsync(link.Commit, cancellationToken) is not { } tree)
            return $"SLUG2313: {name} is at '{link.Commit}', which is not a commit; commit the submodule again";
        return await CountAsync(new(path, tree), link.Commit, address, cancellationToken);
    }

    private async Task<string?> CountAsync(Graft graft, ObjectId commit, SubmoduleAddress address, CancellationToken cancellationToken)
    {
        var listed = await listing.CountAsync(push.Repository, push.Quarantine, graft.Tree, cancellationToken);
        if (listed is not TreeListingResult.Counted(var tally))
            return $"{((TreeListingResult.Refused)listed).Message} (in the submodule '{Readable.Text(graft.Path)}')";
        grafts.Add(graft);
        if (address is SubmoduleAddress.OfHost(var url))
            files.Add(new(url, [.. tally.Pointers.Select(file => file with { Path = $"{graft.Path}/{file.Path}" })]));
        levels.Enqueue(new(commit, address, "", $"{graft.Path}/", tally.Gitlinks));
        return null;
    }

    private async Task<string?> FetchAsync(SubmoduleAddress address, ObjectId commit, CancellationToken cancellationToken)
    {
        if (address is SubmoduleAddress.OfHost(var url))
            return await fetches.FromHostAsync(push.Repository, url, commit, push.Origin, cancellationToken);
        var name = ((SubmoduleAddress.OfApp)address).App;
        if (await apps.FindAsync(name, cancellationToken) is not { } app)
            return $"there is no app '{name}' on this Slug";
        owners.Add(app.Id);
        return await fetches.FromAppAsync(push.Repository, app, commit, cancellationToken);
    }

    // A URL may hold a password.
    private static string Shown(string url) =>
        Readable.Text(url.LastIndexOf('@') is var at and >= 0 && url.Contains("://", StringComparison.Ordinal) ? $"…{url[at..]}" : url);

    /// <summary>A repository whose submodules are looked at.</summary>
    /// <param name="Commit">Holds its <c>.gitmodules</c>.</param>
    /// <param name="Address">What its relative URLs start from.</param>
    /// <param name="Folder">What of the repository is the source, with a slash at its end; empty for all.</param>
    /// <param name="Path">Where that stands in the whole source, with a slash at its end; empty for the root.</param>
    /// <param name="Gitlinks">Its submodules, by their paths below the folder.</param>
    private sealed record Level(ObjectId Commit, SubmoduleAddress Address, string Folder, string Path, IReadOnlyList<Gitlink> Gitlinks);
}
