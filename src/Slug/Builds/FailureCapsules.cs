using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>What failed builds leave: an image of each one's file system, for a day, within a budget. Config vars and mounts are not in it.</summary>
internal sealed class FailureCapsules(DockerEngine engine, Instance instance, IOptions<BuildOptions> options, TimeProvider time)
{
    private const string BuildLabel = "slug.capsule";
    private const string AppLabel = "slug.capsule.app";
    private const string PhaseLabel = "slug.capsule.phase";
    private const string BaseLabel = "slug.capsule.base";

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> arriving = new();

    private string Repository => $"slug-{instance.Id}/capsule";

    /// <summary>Says that a build's remains are on their way: who asks for them waits.</summary>
    public BuildRemains Expect(BuildRemains remains)
    {
        arriving[remains.Build] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return remains;
    }

    /// <summary>They are kept, or will not be.</summary>
    public void Settle(BuildRemains remains)
    {
        if (arriving.TryRemove(remains.Build, out var arrival))
            arrival.SetResult();
    }

    /// <summary>Keeps the file system of a container whose build has failed.</summary>
    /// <exception cref="EngineException">The engine does not, or is gone.</exception>
    public async Task KeepAsync(string container, BuildRemains remains, CancellationToken cancellationToken)
    {
        if (options.Value.CapsuleLimit <= 0)
            return;
        var stack = await engine.Images.FindAsync(remains.Image.ToString(), cancellationToken);
        var labels = new Dictionary<string, string>
        {
            [Instance.Label] = instance.Id,
            [BuildLabel] = remains.Build.ToString(),
            [AppLabel] = remains.App.ToString(),
            [PhaseLabel] = Words.Of(remains.Phase),
            [BaseLabel] = (stack?.Size ?? 0).ToString(CultureInfo.InvariantCulture),
            // It inherits the stack's labels, and is not to be taken for one.
            [StackLabels.StackKey] = "",
            [StackLabels.ImageKey] = "",
            [StackLabels.DefinitionKey] = "",
        };
        await engine.Images.CommitAsync(container, Repository, remains.Build.ToString(), labels, cancellationToken);
        await SweepAsync(cancellationToken);
    }

    /// <summary>A build's capsule, once it is whole; null where there is none any more, or never was.</summary>
    public async Task<FailureCapsule?> FindAsync(Guid build, CancellationToken cancellationToken)
    {
        if (arriving.TryGetValue(build, out var arrival))
            await arrival.Task.WaitAsync(cancellationToken);
        var images = await engine.Images.ListAsync([$"{Instance.Label}={instance.Id}", $"{BuildLabel}={build}"], cancellationToken);
        return images is [var image, ..] ? Read(image) : null;
    }

    /// <summary>Removes capsules that are older than a day, then the oldest until the rest is within the budget.</summary>
    /// <returns>Those that went.</returns>
    public async Task<IReadOnlyList<FailureCapsule>> SweepAsync(CancellationToken cancellationToken)
    {
        var outdated = await OutdatedAsync(cancellationToken);
        foreach (var capsule in outdated)
            await engine.Images.RemoveAsync(capsule.Image, cancellationToken);
        return outdated;
    }

    /// <summary>Those that the next sweep removes.</summary>
    public async Task<IReadOnlyList<FailureCapsule>> OutdatedAsync(CancellationToken cancellationToken) =>
        [.. Outdated(await ListAsync(cancellationToken))];

    public async Task<IReadOnlyList<FailureCapsule>> ListAsync(CancellationToken cancellationToken)
    {
        var images = await engine.Images.ListAsync([$"{Instance.Label}={instance.Id}", BuildLabel], cancellationToken);
        return [.. images.Select(Read).OfType<FailureCapsule>()];
    }

    /// <summary>Those that have to go, of all there are.</summary>
    internal IEnumerable<FailureCapsule> Outdated(IEnumerable<FailureCapsule> capsules)
    {
        var (oldest, left) = (time.GetUtcNow() - options.Value.CapsuleKeep, options.Value.CapsuleLimit);
        foreach (var capsule in capsules.OrderByDescending(capsule => capsule.CreatedAt).ThenByDescending(capsule => capsule.Build))
        {
            left -= capsule.Size;
            if (capsule.CreatedAt < oldest || left < 0)
                yield return capsule;
        }
    }

    private static FailureCapsule? Read(ImageSummary image)
    {
        if (image.Labels is not { } labels || !Guid.TryParse(labels.GetValueOrDefault(BuildLabel), out var build))
            return null;
        _ = long.TryParse(labels.GetValueOrDefault(BaseLabel), CultureInfo.InvariantCulture, out var below);
        return new()
        {
            Build = build,
            App = labels.GetValueOrDefault(AppLabel, ""),
            Phase = labels.GetValueOrDefault(PhaseLabel, ""),
            Image = image.Name,
            Size = image.Size - below,
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(image.Created),
        };
    }
}
