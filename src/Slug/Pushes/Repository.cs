using Slug.Apps;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>An app's bare git repository on disk.</summary>
internal sealed record Repository(string Directory)
{
    private const string Config =
        """
        [core]
        	repositoryformatversion = 0
        	filemode = true
        	bare = true

        """;

    // The highest place for attributes: a pushed .gitattributes neither leaves files out of an archive nor changes their bytes.
    private const string Attributes =
        "* -export-ignore -export-subst -text -eol -ident -filter -working-tree-encoding\n";

    public string Objects => Path.Combine(Directory, "objects");

    public string Head => Path.Combine(Directory, "HEAD");

    public bool Exists => File.Exists(Head);

    public static Repository Of(App app, DataDirectory data) => new(Path.Combine(data.Repositories, $"{app.Id:D}.git"));

    /// <summary>Of commits that were fetched without their history. One of its own: git would take such a commit for the beginning of all histories.</summary>
    public static Repository OfFetched(App app, DataDirectory data) => new(Path.Combine(data.Repositories, $"{app.Id:D}.fetched.git"));

    /// <summary>All that may hold a commit of the app's, be they there or not.</summary>
    public static IReadOnlyList<Repository> AllOf(App app, DataDirectory data) => [Of(app, data), OfFetched(app, data)];

    /// <summary>
    /// Makes the repository where there is none: what git init --bare makes (gitrepository-layout), less a process.
    /// It appears whole or not at all.
    /// </summary>
    public void Ensure(string branch)
    {
        if (Exists)
            return;
        var unfinished = new Repository($"{Directory}.{Guid.NewGuid():N}.new");
        unfinished.Fill(branch);
        try
        {
            System.IO.Directory.Move(unfinished.Directory, Directory);
        }
        catch (IOException) when (Exists)
        {
            System.IO.Directory.Delete(unfinished.Directory, recursive: true);
        }
    }

    private void Fill(string branch)
    {
        foreach (var folder in (string[])["objects/info", "objects/pack", "refs/heads", "refs/tags", "info"])
            System.IO.Directory.CreateDirectory(Path.Combine(Directory, folder));
        File.WriteAllText(Path.Combine(Directory, "config"), Config);
        File.WriteAllText(Path.Combine(Directory, "info/attributes"), Attributes);
        File.WriteAllText(Head, $"ref: {RefName.OfBranch(branch)}\n");
    }
}
