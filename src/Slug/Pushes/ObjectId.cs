using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Slug.Pushes;

/// <summary>The name of a git object: 40 lower-case hex digits.</summary>
internal readonly record struct ObjectId : IParsable<ObjectId>
{
    private const int HexLength = 40;

    private static readonly SearchValues<char> hexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? hex;

    private ObjectId(string hex) => this.hex = hex;

    /// <summary>Forty zeros: git's word for "no object", the old side of a creation and the new side of a deletion.</summary>
    public static ObjectId Zero { get; } = new(new string('0', HexLength));

    public bool IsZero => this == Zero;

    public static ObjectId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an object id; expected 40 lower-case hex digits");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ObjectId result)
    {
        var valid = s is { Length: HexLength } && s.AsSpan().IndexOfAnyExcept(hexDigits) < 0;
        result = valid ? new(s!) : default;
        return valid;
    }

    public override string ToString() => hex ?? throw new InvalidOperationException("a default ObjectId names nothing");

    /// <summary>The first seven digits, for people.</summary>
    public string ToShortString() => ToString()[..7];
}
