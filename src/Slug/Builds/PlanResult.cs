namespace Slug.Builds;

/// <summary>The plan of a build, or why there is none.</summary>
internal abstract record PlanResult
{
    private PlanResult()
    {
    }

    internal sealed record Made(BuildPlan Plan) : PlanResult;

    /// <summary>Its stack or a buildpack cannot be had; the message says why.</summary>
    internal sealed record Refused(string Message) : PlanResult;
}
