using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Which part of a build wrote each of its files last, as the builder says. It says so from beside hostile code: data for people to read, bounded.</summary>
internal sealed class FileAuthors
{
    private const int Most = 1_000_000;
    private const int MostCharacters = 64_000_000;
    private const int LongestProgram = 200;

    // A hostile builder may go on telling while what it told is read.
    private readonly Lock gate = new();
    private readonly Dictionary<string, FileAuthor> files = new(StringComparer.Ordinal);
    private readonly HashSet<FileAuthor> known = [];
    private int characters;

    /// <summary>What is beyond all measure is left out.</summary>
    public void Add(AuthoredFile file)
    {
        if (file is not { Path: { } path, Author: { } author } || author.Program?.Length > LongestProgram || !Enum.IsDefined(author.Phase))
            return;
        lock (gate)
        {
            if (files.Count >= Most || characters + path.Length > MostCharacters)
                return;
            characters += path.Length;
            // A few authors write all files.
            if (!known.TryGetValue(author, out var same))
            {
                known.Add(same = author);
                characters += author.Program?.Length ?? 0;
            }

            files[path] = same;
        }
    }

    /// <summary>In words: <c>compile (bin/compile of nodejs)</c>; <c>none</c> for a file that the build did not make.</summary>
    public string PhaseOf(string path) => Find(path) switch
    {
        null => "none",
        { Program: { } program } author => $"{Words.Of(author.Phase)} ({TerminalText.Clean(program)})",
        var author => Words.Of(author.Phase),
    };

    private FileAuthor? Find(string path)
    {
        lock (gate)
            return files.GetValueOrDefault(path);
    }
}
