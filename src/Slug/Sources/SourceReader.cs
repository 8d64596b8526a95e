using System.Globalization;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Remotes;
using Slug.Sources.LargeFiles;
using Slug.Sources.Submodules;

namespace Slug.Sources;

/// <summary>Finds the source that a push brings, and refuses one that is too much before anything of it is unpacked.</summary>
internal sealed class SourceReader(
    Git git, TreeListing listing, SubmoduleWalks submodules, TreeMaker maker, LargeFileStore largeFiles, LargeFileFetch fetch, SourceOptions options)
{
    private const int ShownFiles = 5;

    public async Task<SourceResult> ReadAsync(Push push, CancellationToken cancellationToken)
    {
        var objects = new PushedObjects(push.Repository, push.Quarantine, git);
        if (await objects.TreeOfAsync(push.NewCommit, cancellationToken) is not { } root)
            return new SourceResult.Refused(
                $"SLUG2001: '{push.NewCommit.ToShortString()}' on branch '{push.Branch}' is not a commit; push a commit");
        return await FolderSearch.FindAsync(objects, root, push.Wishes.Folder ?? push.App.Folder, cancellationToken) switch
        {
            FolderResult.Refused(var message) => new SourceResult.Refused(message),
            FolderResult.Found(var tree) => await ReadAsync(push, objects, root, tree, cancellationToken),
            _ => throw new InvalidOperationException("a folder is found or refused"),
        };
    }

    private async Task<SourceResult> ReadAsync(Push push, PushedObjects objects, ObjectId root, ObjectId tree, CancellationToken cancellationToken)
    {
        var listed = await listing.CountAsync(push.Repository, push.Quarantine, tree, cancellationToken);
        if (listed is not TreeListingResult.Counted(var tally))
            return new SourceResult.Refused(((TreeListingResult.Refused)listed).Message);
        var walk = submodules.Begin(push);
        if (await walk.RunAsync(tally.Gitlinks, cancellationToken) is { } mistake)
            return new SourceResult.Refused(mistake);
        IReadOnlyList<NamedFiles> elsewhere = push.Origin is { } origin ? [new(origin.Url, tally.Pointers), .. walk.Files] : walk.Files;

        ObjectId? made = tree == root && walk.Grafts.Count == 0
            ? null
            : await maker.CommitAsync(push.Repository, push.Quarantine, tree, walk.Grafts, cancellationToken);
        if (walk.Grafts.Count > 0)
        {
            tree = await objects.TreeOfAsync(made!.Value, cancellationToken) ?? throw new IOException($"the commit '{made}' was made and is not there");
            listed = await listing.CountAsync(push.Repository, push.Quarantine, tree, cancellationToken);
            if (listed is not TreeListingResult.Counted(var whole))
                return new SourceResult.Refused(((TreeListingResult.Refused)listed).Message);
            tally = whole;
        }

        var source = new Source
        {
            Commit = push.NewCommit,
            Tree = tree,
            MadeCommit = made,
            Folder = push.Wishes.Folder ?? push.App.Folder,
            Tally = tally,
            Repository = push.Repository,
            Quarantine = push.Quarantine,
            LargeFilesOf = push.Wishes.Slug is { } slug ? [slug] : [push.App.Id, .. walk.Apps],
        };
        return await WithFilesAsync(push, source, elsewhere, walk, cancellationToken);
    }

    // Counted before they are fetched: who names them says how large they are.
    private async Task<SourceResult> WithFilesAsync(Push push, Source source, IReadOnlyList<NamedFiles> elsewhere, SubmoduleWalk walk, CancellationToken cancellationToken)
    {
        if (TooLarge(source.Tally) is { } message)
            return new SourceResult.Refused(message);
        var notes = walk.Notes.ToList();
        try
        {
            foreach (var named in elsewhere)
            {
                if (await fetch.RunAsync(push, named, cancellationToken) is { } note)
                    notes.Add(note);
            }
        }
        catch (RemoteException exception)
        {
            return new SourceResult.Refused(exception.Message);
        }

        return Missing(source) is { } missing ? new SourceResult.Refused(missing) : new SourceResult.Read(source, notes, walk.Warnings);
    }

    private string? TooLarge(SourceTally tally)
    {
        var rest = options.Bytes - tally.Bytes;
        foreach (var file in tally.Pointers)
        {
            // Divided, not multiplied: the sum of a stranger's sizes may be beyond any number.
            if (file.Pointer.Size > rest / file.Copies)
                return SourceCount.TooLarge(options.Bytes, file.Path);
            rest -= file.Pointer.Size * file.Copies;
        }

        return null;
    }

    private string? Missing(Source source)
    {
        var missing = source.Tally.Pointers.Where(file => !source.LargeFilesOf.Any(app => largeFiles.Has(app, file.Pointer))).ToList();
        return missing.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"SLUG2320: {missing.Count} of the files that Git LFS keeps are not here: {string.Join(", ", missing.Take(ShownFiles).Select(file => $"'{Readable.Text(file.Path)}'"))}{(missing.Count > ShownFiles ? ", …" : "")}; expected them before the push; run git lfs push --all REMOTE, then push again");
    }
}
