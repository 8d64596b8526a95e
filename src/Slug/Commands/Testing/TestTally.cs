namespace Slug.Commands.Testing;

/// <summary>How many tests passed, failed and were left out.</summary>
internal sealed record TestTally(int Passed, int Failed, int Skipped)
{
    public static readonly TestTally None = new(0, 0, 0);

    public int Total => Passed + Failed + Skipped;

    public static TestTally operator +(TestTally left, TestTally right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>One test, by the word that a .trx file has for its end.</summary>
    public static TestTally Of(string? outcome) => outcome switch
    {
        "Passed" => new(1, 0, 0),
        "NotExecuted" or "Inconclusive" or "Pending" => new(0, 0, 1),
        _ => new(0, 1, 0),
    };

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
