using System.Globalization;

namespace Slug.Benchmarks;

/// <summary>What a benchmark found: our figure, the floor's, and whether the one is near enough to the other.</summary>
internal abstract record Finding(string What)
{
    public abstract string Ours { get; }

    public abstract string Floor { get; }

    public abstract string Ratio { get; }

    public abstract string Result { get; }

    public abstract string Target { get; }

    public abstract bool Holds { get; }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Milliseconds of which the floor's may be exceeded by a fixed number.</summary>
    internal sealed record Added(string What, Medians Medians, double Most) : Timed(What, Medians)
    {
        public override string Result => Text($"{Medians.Ours - Medians.Floor:0} ms added");

        public override string Target => Text($"< {Most:0} ms");

        public override bool Holds => Medians.Ours - Medians.Floor < Most;
    }

    /// <summary>Milliseconds that may be so many times the floor's.</summary>
    internal sealed record Times(string What, Medians Medians, double Most) : Timed(What, Medians)
    {
        public override string Result => Text($"{Medians.Ratio:0.00} times");

        public override string Target => Text($"<= {Most:0.0#} times");

        public override bool Holds => Medians.Ratio <= Most;
    }

    /// <summary>Bytes that may be so many times the floor's.</summary>
    internal sealed record Size(string What, double Bytes, double FloorBytes, double Most) : Finding(What)
    {
        public override string Ours => Text($"{Bytes / 1e6:0.0} MB");

        public override string Floor => Text($"{FloorBytes / 1e6:0.0} MB");

        public override string Ratio => Text($"{Bytes / FloorBytes:0.000}");

        public override string Result => Text($"{Bytes / FloorBytes:0.000} times");

        public override string Target => Text($"<= {Most:0.00} times");

        public override bool Holds => Bytes / FloorBytes <= Most;
    }

    /// <summary>Megabytes with a ceiling, and no floor.</summary>
    internal sealed record Memory(string What, double Megabytes, double Most) : Finding(What)
    {
        public override string Ours => Result;

        public override string Floor => "-";

        public override string Ratio => Text($"{Megabytes / Most:0.00}");

        public override string Result => Text($"{Megabytes:0} MB");

        public override string Target => Text($"< {Most:0} MB");

        public override bool Holds => Megabytes < Most;
    }

    internal abstract record Timed(string What, Medians Medians) : Finding(What)
    {
        public override string Ours => Text($"{Medians.Ours:0} ms");

        public override string Floor => Text($"{Medians.Floor:0} ms");

        public override string Ratio => Text($"{Medians.Ratio:0.00}");
    }
}
