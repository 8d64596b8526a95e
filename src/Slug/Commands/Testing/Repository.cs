namespace Slug.Commands.Testing;

/// <summary>The source that this program was built from.</summary>
internal sealed record Repository(string Root)
{
    private const string Solution = "Slug.sln";

    /// <summary>What the script <c>./slug</c> names, else the folder around this program.</summary>
    /// <exception cref="CommandException">There is none: this program was taken elsewhere.</exception>
    public static Repository Find(string? named)
    {
        for (var folder = named ?? AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, Solution)))
                return new(folder);
        throw CommandException.User($"SLUG8050: '{named ?? AppContext.BaseDirectory}' is in no source tree of Slug; run ./slug test in a clone");
    }

    /// <summary>What tests leave behind: results, and the name under which they keep the stack.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts", "tests");

    public string ProjectOf(string name) => Path.Combine(Root, "tests", name, $"{name}.csproj");
}
