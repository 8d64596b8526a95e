using Slug.Content.Wire;

namespace Slug.Buildpacks;

/// <summary>The built-in buildpacks in the order they are asked, each pinned by the digest of its tar.</summary>
internal sealed class BuildpackCatalog(BuildpackShelf shelf)
{
    /// <summary>What an app without a choice is tried with.</summary>
    public IReadOnlyList<BuildpackReference> BuiltIn { get; private set; } = [];

    /// <summary>At start: packs every buildpack that the folder's file <c>order</c> names.</summary>
    /// <exception cref="FileNotFoundException">The order names a buildpack that is not there.</exception>
    public async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        shelf.Sweep();
        var order = await File.ReadAllLinesAsync(Path.Combine(folder, "order"), cancellationToken);
        var packed = new List<BuildpackReference>();
        foreach (var name in order.Where(line => line.Length > 0))
        {
            var buildpack = Path.Combine(folder, name);
            if (!Directory.Exists(Path.Combine(buildpack, "bin")))
                throw new FileNotFoundException($"SLUG2020: the buildpack '{buildpack}' has no bin folder; unpack the program whole");
            packed.Add(new(name, await shelf.PackAsync(buildpack, cancellationToken)));
        }

        BuiltIn = packed;
    }

    /// <summary>The built-in buildpack of that name.</summary>
    /// <exception cref="BuildpackException">There is none.</exception>
    public BuildpackReference Find(string name) =>
        BuiltIn.FirstOrDefault(buildpack => buildpack.Name == name)
        ?? throw BuildpackException.NotBuiltIn(name, BuiltIn.Select(buildpack => buildpack.Name));
}
