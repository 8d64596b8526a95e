using Slug.Builds;
using Slug.Dashboard.Markup;

namespace Slug.Dashboard.Pages;

/// <summary>The phases of a build, each where it was and as long as it took.</summary>
internal static class Timeline
{
    private const double Width = 1000;

    public static Html Of(IReadOnlyList<PhaseTime> phases, DateTimeOffset now)
    {
        if (phases.Count == 0)
            return Html.None;
        var start = phases[0].StartedAt;
        var scale = Width / Math.Max((phases.Max(phase => phase.FinishedAt ?? now) - start).TotalSeconds, 0.001);
        return
            $"""
            <table class="timeline">
            <caption class="unseen">Phases of the build</caption>
            <thead class="unseen"><tr><th scope="col">Phase</th><th scope="col">When</th><th scope="col">Took</th></tr></thead>
            <tbody>
            {phases.Select(phase => Row(phase, (phase.StartedAt - start).TotalSeconds * scale, ((phase.FinishedAt ?? now) - phase.StartedAt).TotalSeconds * scale, now))}
            </tbody>
            </table>
            """;
    }

    private static Html Row(PhaseTime phase, double x, double width, DateTimeOffset now) =>
        $"""
        <tr class="{ClassOf(phase)}">
        <th scope="row">{Words.Of(phase.Phase)}</th>
        <td><svg viewBox="0 0 {Width} 12" preserveAspectRatio="none" aria-hidden="true"><rect x="{Show.Number(x)}" y="2" width="{Show.Number(Math.Max(width, 2))}" height="8"/></svg></td>
        <td class="took">{Show.Duration((phase.FinishedAt ?? now) - phase.StartedAt)}{EndOf(phase)}</td>
        </tr>

        """;

    private static string ClassOf(PhaseTime phase) => phase switch
    {
        { FinishedAt: null } => "running",
        { ExitCode: not null and not 0 } => "failed",
        _ => "succeeded",
    };

    private static string EndOf(PhaseTime phase) => phase switch
    {
        { FinishedAt: null } => ", running",
        { ExitCode: not null and not 0 } => ", failed",
        _ => "",
    };
}
