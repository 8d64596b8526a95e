namespace Slug.Commands.Testing;

/// <summary>A project of tests, and what it stands on.</summary>
internal sealed record TestProject(string Name, bool NeedsMachine)
{
    /// <summary>In the order in which they run: what is quick fails first.</summary>
    public static IReadOnlyList<TestProject> All { get; } =
    [
        new("Slug.Content.Tests", NeedsMachine: false),
        new("Slug.Builder.Tests", NeedsMachine: false),
        new("Slug.Tests", NeedsMachine: false),
        new("Slug.Acceptance", NeedsMachine: true),
    ];
}
