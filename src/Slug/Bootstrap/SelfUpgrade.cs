using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>The running installation as stage 1: it compiles another commit of Slug, which must then compile itself to the same.</summary>
internal sealed class SelfUpgrade(DataDirectory data, Steps steps)
{
    /// <summary>The report, and the program ready to take over; null where the last two stages differ.</summary>
    public async Task<UpgradeCandidate> CompileAsync(SelfSource source, CancellationToken cancellationToken)
    {
        SelfProgram? program = null;
        await using var ground = new StageGround(steps, StageEnd.Removed);
        await using var installation = new Stage(1, data, ServiceAddress.Find(data, _ => null), () => Task.CompletedTask);
        var flow = new BootstrapFlow(source, ground, steps)
        {
            Settled = async (stage, compilation) => program = await SelfProgram.UnpackAsync(stage, compilation, data, cancellationToken),
        };
        var report = await flow.RunAsync(installation, "the running version", BootstrapRounds.OneMore, cancellationToken);
        if (await ReportRecord.KeepAsync(data, report, cancellationToken) is { } remark)
            steps.Report(remark);
        return new(report, program);
    }
}

/// <summary>What an upgrade would be to.</summary>
internal sealed record UpgradeCandidate(BootstrapReport Report, SelfProgram? Program);
