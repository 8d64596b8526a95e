using Slug.Commands.Terminals;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Commands.Setup;

/// <summary>Removes everything of one instance: what it has in the engine, then its data directory.</summary>
internal sealed class Purge(DataDirectory data, Steps steps)
{
    /// <returns>What to say of it.</returns>
    /// <exception cref="CommandException">The folder is no data directory.</exception>
    /// <exception cref="EngineException">The engine does not answer; nothing is removed then, as the data directory names what is in it.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(data.Root))
            return $"nothing to remove: '{data.Root}' does not exist";
        if (!File.Exists(data.Instance))
            throw CommandException.User($"SLUG8025: '{data.Root}' is not a data directory of Slug (it has no file 'instance'); check --data");
        using var workplace = new Workplace(Instance.Of(data));
        await RemoveFromEngineAsync(workplace, cancellationToken);
        await RemoveDirectoryAsync(cancellationToken);
        return "the Docker engine is left running: others may use it";
    }

    private async Task RemoveFromEngineAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var containers = await workplace.Engine.Containers.RemoveAllAsync([$"{Instance.Label}={workplace.Instance.Id}"], cancellationToken);
        steps.Report($"{containers} containers");
        var capsules = await workplace.Engine.Images.RemoveAllAsync([$"{Instance.Label}={workplace.Instance.Id}"], cancellationToken);
        steps.Report($"{capsules} capsules of failed builds");
        var network = new BuildNetwork(workplace.Engine, workplace.Instance.Id);
        await network.RemoveAsync(cancellationToken);
        steps.Report($"network {network.Name} and its packet filter rules");
        foreach (var definition in workplace.Stacks.Definitions)
        {
            await workplace.Images.ReleaseAsync(definition, cancellationToken);
            steps.Report($"images of the stack {definition.Name}, as far as no other instance uses them");
        }
    }

    // A build of a stack that was killed may have left mounts of this machine in it: they are not to be emptied.
    private async Task RemoveDirectoryAsync(CancellationToken cancellationToken)
    {
        var result = await new ChildProcess("rm", "--recursive", "--force", "--one-file-system", data.Root).RunAsync(cancellationToken);
        if (!result.Succeeded)
            throw CommandException.Failure($"SLUG8026: '{data.Root}' is not removed: {result.Error.Trim()}; remove it by hand");
        steps.Report($"{data.Root}");
    }
}
