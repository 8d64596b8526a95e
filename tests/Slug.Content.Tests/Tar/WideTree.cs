using FsCheck;
using FsCheck.Fluent;

namespace Slug.Content.Tests.Tar;

/// <summary>Trees with folders of so many files that they are split, among any others.</summary>
internal static class WideTree
{
    private static readonly Gen<IEnumerable<SampleFile>> Folder =
        from folder in Gen.Elements("lib", ".hidden/node", ".hidden", "bin/publish", "vendor/a/b", "Lib")
        from count in Gen.Elements(3, 63, 64, 70, 256, 300)
        from kind in Gen.Elements(0, 2, 2, 2)
        select Enumerable.Range(0, count).Select(number => new SampleFile($"{folder}/{number}.f{number % 3}", number % 9 == 0 ? kind : 2, number % 7, Readable));

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static Arbitrary<SampleTree> Any { get; } =
        (from tree in SampleTree.Any.Generator
         from folders in Folder.ArrayOf(3)
         select new SampleTree([.. tree.Files, .. folders.SelectMany(files => files)])).ToArbitrary();
}
