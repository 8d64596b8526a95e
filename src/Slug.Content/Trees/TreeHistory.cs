using Slug.Content.Tar;

namespace Slug.Content.Trees;

/// <summary>
/// In which of several parts of time each file of a tree was changed last. It goes by the change times that the kernel keeps: no program sets those.
/// Who moves files aside and back says so before (<see cref="Hold"/>), as a move is a change too.
/// </summary>
/// <typeparam name="T">What a part is called.</typeparam>
/// <param name="clock">A file of no other use, on the tree's file system: what tells the time.</param>
public sealed class TreeHistory<T>(string clock)
{
    private readonly List<(DateTimeOffset End, T Name)> parts = [];
    private readonly Dictionary<FileIdentity, (int Until, T Name)> held = [];

    /// <summary>A part ends: what changed since the last one ended changed in it.</summary>
    /// <exception cref="IOException">The clock's file cannot be written.</exception>
    public void End(T name)
    {
        var end = Now();
        // The file system's clock goes in ticks of some milliseconds: what is changed from here on has another time.
        for (var wait = default(SpinWait); Now() == end;)
            wait.SpinOnce();
        parts.Add((end, name));
    }

    /// <summary>The files of a tree are moved and come back within the part that has begun: they stay what they are.</summary>
    public void Hold(string root)
    {
        foreach (var (_, facts) in Walk(root, ""))
            held[facts.Identity] = (parts.Count, Of(facts));
    }

    /// <summary>All that is in the tree, by paths relative to it, each with its part. What changed after the last part's end is taken for its own.</summary>
    public IEnumerable<(string Path, T Name)> Read(string root) => Walk(root, "").Select(file => (file.Path, Of(file.Facts)));

    private T Of(FileFacts facts)
    {
        var index = parts.FindIndex(part => facts.ChangedAt <= part.End);
        if (index < 0)
            index = parts.Count - 1;
        return held.TryGetValue(facts.Identity, out var before) && index <= before.Until ? before.Name : parts[index].Name;
    }

    private DateTimeOffset Now()
    {
        File.WriteAllText(clock, "now");
        return FileFacts.Find(clock)!.Value.ChangedAt;
    }

    private static IEnumerable<(string Path, FileFacts Facts)> Walk(string root, string prefix)
    {
        foreach (var name in TreeMove.Names(root))
        {
            if (FileFacts.Find($"{root}/{name}") is not { } facts)
                continue;
            yield return (prefix + name, facts);
            foreach (var below in facts.Kind == FileKind.Directory ? Walk($"{root}/{name}", $"{prefix}{name}/") : [])
                yield return below;
        }
    }
}
