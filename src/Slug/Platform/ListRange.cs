using System.Globalization;
using System.Text.RegularExpressions;

namespace Slug.Platform;

/// <summary>Which part of a list is asked for: <c>Range: version ]3..; max=10, order=desc</c>. A bracket leaves out the end that it stands at.</summary>
internal sealed partial record ListRange(string Field, string From, bool AfterFrom, string To, bool BeforeTo, int Max, bool Descending)
{
    public const string Rule = "FIELD FROM..TO; max=COUNT, order=asc or desc";

    private const int Most = 1000;
    private const int Usual = 200;

    /// <summary>The whole list by a field.</summary>
    public static ListRange Whole(string field) => new(field, "", false, "", false, Usual, false);

    /// <summary>Null for what is no range.</summary>
    public static ListRange? Read(string header)
    {
        if (Shape().Match(header) is not { Success: true } match)
            return null;
        var max = match.Groups["max"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : Usual;
        return max is < 1 or > Most ? null : new(
            match.Groups["field"].Value, match.Groups["from"].Value, match.Groups["after"].Success, match.Groups["to"].Value, match.Groups["before"].Success, max, match.Groups["order"].Value == "desc");
    }

    /// <summary>The range that goes on after an entry.</summary>
    public ListRange After(string key) => this with { From = key, AfterFrom = true };

    public bool Holds(string key) => IsPast(From, key, AfterFrom) && IsPast(key, To, BeforeTo);

    /// <summary>Numbers by their value, all else by its bytes.</summary>
    public static int Compare(string one, string other) =>
        one.All(char.IsAsciiDigit) && other.All(char.IsAsciiDigit) && one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);

    public override string ToString() =>
        $"{Field} {(AfterFrom ? "]" : "")}{From}..{To}{(BeforeTo ? "[" : "")}; max={Max}{(Descending ? ", order=desc" : "")}";

    // Ends are in the order of the list: of one that descends, From is the higher.
    private bool IsPast(string earlier, string later, bool strictly)
    {
        if (earlier.Length == 0 || later.Length == 0)
            return true;
        var order = Descending ? Compare(earlier, later) : Compare(later, earlier);
        return strictly ? order > 0 : order >= 0;
    }

    [GeneratedRegex(
        @"^\s*(?<field>[a-z_]{1,40})\s*(?:(?<after>\])?(?<from>[^\s.;,\[\]]{0,100})\.\.(?<to>[^\s.;,\[\]]{0,100})(?<before>\[)?)?\s*(?:;\s*(?:(?:max=(?<max>[0-9]{1,4})|order=(?<order>asc|desc))\s*[,;]?\s*)*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
