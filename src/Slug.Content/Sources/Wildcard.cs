namespace Slug.Content.Sources;

/// <summary>One path component of a pattern: <c>*</c>, <c>?</c>, <c>[…]</c> and <c>\</c> as in git's wildmatch.</summary>
internal static class Wildcard
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (at, read) = (0, 0);
        var (starAt, starRead) = (-1, 0);
        while (read < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (starAt, starRead) = (++at, read);
            }
            else if (MatchesOne(pattern[at..], name[read], out var used))
            {
                at += used;
                read++;
            }
            else if (starAt >= 0)
            {
                (at, read) = (starAt, ++starRead);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char letter, out int used)
    {
        used = 1;
        switch (pattern)
        {
            case []:
                return false;
            case ['?', ..]:
                return true;
            case ['[', ..]:
                return BracketExpression.Matches(pattern, letter, out used);
            case ['\\', var escaped, ..]:
                used = 2;
                return escaped == letter;
            case ['\\']:
                return false;
            default:
                return pattern[0] == letter;
        }
    }
}
