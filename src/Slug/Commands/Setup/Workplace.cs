using Slug.Engines;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Commands.Setup;

/// <summary>The engine and the stacks as one instance of this machine sees them, without a service.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>The stack that apps get.</summary>
    public const string DefaultStack = "bookworm";

    public Workplace(Instance instance)
    {
        Instance = instance;
        Engine = new(new EngineOptions(), TimeProvider.System);
        Images = new(Engine, instance.Id);
        Stacks = new(Path.Combine(AppContext.BaseDirectory, "stacks"), Images);
    }

    public Instance Instance { get; }

    public DockerEngine Engine { get; }

    public StackImages Images { get; }

    public StackCatalog Stacks { get; }

    /// <summary>The workplace of a data directory, made where it is missing.</summary>
    public static Workplace Of(DataDirectory data)
    {
        data.Create();
        return new(Instance.Of(data));
    }

    /// <summary>For looking only: a data directory that is not there yet stays so.</summary>
    public static Workplace LookingAt(DataDirectory data) => new(File.Exists(data.Instance) ? Instance.Of(data) : new("00000000"));

    public void Dispose() => Engine.Dispose();
}
