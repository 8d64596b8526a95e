using Slug.Builder.Commands;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Buildpacks;

/// <summary>A buildpack at hand: its own folder, writable, its programs executable.</summary>
internal sealed record Buildpack(string Name, Digest Digest, string Directory)
{
    public string Program(string name) => Path.Combine(Directory, "bin", name);

    /// <summary>Shell that a buildpack leaves for those after it.</summary>
    public string Export => Path.Combine(Directory, "export");

    /// <summary>One of its programs, which runs in the buildpack's own folder.</summary>
    public Command Call(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) => new()
    {
        Program = Program(program),
        Arguments = arguments,
        Directory = Directory,
        Environment = environment,
    };

    public DetectedBuildpack Detected(string description) => new(Name, Digest, description);
}
