using FsCheck;
using FsCheck.Fluent;

namespace Slug.Content.Tests.Tar;

/// <summary>Any tree of files, as FsCheck makes it up: odd names, long names, modes, links.</summary>
internal sealed record SampleTree(IReadOnlyList<SampleFile> Files)
{
    private static readonly Gen<string> Name = Gen.Elements(
        "a", "a-b", "a.b", "b", "ä", "Ω", "𝄞", "\uE000", "with space", "new\nline", "-dash", "*", "tab\t", ".hidden", new string('l', 120), new string('m', 99));

    private static readonly Gen<SampleFile> File =
        from depth in Gen.Choose(1, 4)
        from parts in Name.ArrayOf(depth)
        from kind in Gen.Choose(0, 5)
        from size in Gen.Elements(0, 1, 511, 512, 513, 5000)
        from mode in Gen.Elements(UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead)
        select new SampleFile(string.Join('/', parts), kind, size, mode | UnixFileMode.UserWrite);

    internal static Arbitrary<SampleTree> Any { get; } = File.ListOf().Select(files => new SampleTree([.. files])).ToArbitrary();

    /// <summary>Creates the files, in the order given by <paramref name="order"/>. A name that is taken is left out; which one that is depends on the list alone.</summary>
    internal void CreateIn(string root, Func<IEnumerable<SampleFile>, IEnumerable<SampleFile>> order)
    {
        Directory.CreateDirectory(root);
        foreach (var file in order(WithoutClashes()))
            file.CreateIn(root);
    }

    private List<SampleFile> WithoutClashes()
    {
        var taken = new Dictionary<string, bool>();
        var kept = new List<SampleFile>();
        foreach (var file in Files)
        {
            var parents = file.Parents().ToList();
            if (taken.ContainsKey(file.Path) || parents.Exists(parent => taken.TryGetValue(parent, out var directory) && !directory))
                continue;
            parents.ForEach(parent => taken[parent] = true);
            taken[file.Path] = file.IsDirectory;
            kept.Add(file);
        }

        return kept;
    }
}

internal sealed record SampleFile(string Path, int Kind, int Size, UnixFileMode Mode)
{
    internal bool IsDirectory => Kind == 0;

    internal IEnumerable<string> Parents() =>
        Path.Select((character, index) => (character, index)).Where(at => at.character == '/').Select(at => Path[..at.index]);

    internal void CreateIn(string root)
    {
        var path = $"{root}/{Path}";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        switch (Kind)
        {
            case 0:
                Directory.CreateDirectory(path);
                break;
            case 1:
                File.CreateSymbolicLink(path, $"../nowhere/{Path}");
                break;
            default:
                File.WriteAllBytes(path, Enumerable.Range(Path.Length, Size).Select(number => (byte)number).ToArray());
                File.SetUnixFileMode(path, Mode);
                break;
        }
    }
}
