using System.Buffers;
using System.Text;

namespace Slug.Builds;

/// <summary>Hides the values of config vars in what a build prints: each line of a value that is long enough to be a secret.</summary>
internal sealed class ConfigMask
{
    public const string Mark = "****";

    // A shorter one is a word or a number that a log is full of, and hiding it would tell where it stood.
    private const int Shortest = 8;

    private readonly IReadOnlyList<string> secrets;
    private readonly SearchValues<string> any;

    private ConfigMask(IReadOnlyList<string> secrets) => (this.secrets, any) = (secrets, SearchValues.Create([.. secrets], StringComparison.Ordinal));

    public static ConfigMask Of(IEnumerable<string> values) =>
        new([.. values.SelectMany(value => value.Split('\n')).Select(line => line.Trim()).Where(line => line.Length >= Shortest).Distinct()]);

    public string Apply(string text)
    {
        if (text.AsSpan().IndexOfAny(any) < 0)
            return text;
        var hidden = Hidden(text);
        var masked = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
                masked.Append(text[i]);
            else if (i == 0 || !hidden[i - 1])
                masked.Append(Mark);
        }

        return masked.ToString();
    }

    // All places before any is hidden: of two values that overlap, nothing is left to read.
    private bool[] Hidden(string text)
    {
        var hidden = new bool[text.Length];
        foreach (var secret in secrets)
        {
            for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at + 1, StringComparison.Ordinal))
                hidden.AsSpan(at, secret.Length).Fill(true);
        }

        return hidden;
    }
}
