namespace Slug.Content.Sources;

/// <summary><c>[abc]</c>, <c>[a-z]</c>, <c>[!a]</c>, <c>[[:digit:]]</c>: one letter out of a set, as in git's wildmatch.</summary>
internal static class BracketExpression
{
    private static readonly Dictionary<string, Func<char, bool>> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = char.IsAsciiLetterOrDigit,
        ["alpha"] = char.IsAsciiLetter,
        ["blank"] = letter => letter is ' ' or '\t',
        ["cntrl"] = char.IsControl,
        ["digit"] = char.IsAsciiDigit,
        ["graph"] = letter => letter is > ' ' and < '\x7f',
        ["lower"] = char.IsAsciiLetterLower,
        ["print"] = letter => letter is >= ' ' and < '\x7f',
        ["punct"] = letter => char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter)),
        ["space"] = char.IsWhiteSpace,
        ["upper"] = char.IsAsciiLetterUpper,
        ["xdigit"] = char.IsAsciiHexDigit,
    };

    /// <summary>Whether the set that opens the pattern has this letter. One that is never closed matches nothing.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, char letter, out int used)
    {
        var negated = pattern is [_, '!' or '^', ..];
        var first = used = negated ? 2 : 1;
        var found = false;
        while (used < pattern.Length)
        {
            // A bracket right after the opening one is a member, not the end.
            if (pattern[used] == ']' && used > first)
            {
                used++;
                return found != negated;
            }

            if (!HasMember(pattern, letter, ref used, ref found))
                break;
        }

        return false;
    }

    private static bool HasMember(ReadOnlySpan<char> pattern, char letter, ref int at, ref bool found)
    {
        if (pattern[at..] is ['[', ':', .. var rest] && rest.IndexOf(":]") is >= 0 and var end)
        {
            at += end + 4;
            var known = Classes.TryGetValue(rest[..end].ToString(), out var has);
            found |= known && has!(letter);
            return known;
        }

        if (!TryTakeLetter(pattern, ref at, out var low))
            return false;
        var high = low;
        if (pattern[at..] is ['-', not ']', ..])
        {
            at++;
            if (!TryTakeLetter(pattern, ref at, out high))
                return false;
        }

        found |= low <= letter && letter <= high;
        return true;
    }

    private static bool TryTakeLetter(ReadOnlySpan<char> pattern, ref int at, out char letter)
    {
        if (at < pattern.Length && pattern[at] == '\\')
            at++;
        letter = at < pattern.Length ? pattern[at] : default;
        return at++ < pattern.Length;
    }
}
