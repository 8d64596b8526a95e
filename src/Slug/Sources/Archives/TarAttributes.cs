using System.Buffers.Text;
using System.Text;

namespace Slug.Sources.Archives;

/// <summary>What stands before an entry's header because the header cannot hold it; null where nothing does.</summary>
internal sealed record TarAttributes(string? Name, string? Target, long? Length)
{
    public static TarAttributes None { get; } = new(null, null, null);

    /// <summary>The same with those of a pax header: records of a length in decimal, a blank, a name, '=', a value, and a line end.</summary>
    /// <exception cref="InvalidDataException">They are not of that form, or describe a sparse file.</exception>
    public TarAttributes With(ReadOnlySpan<byte> records)
    {
        var attributes = this;
        while (!records.IsEmpty)
        {
            var valid = Utf8Parser.TryParse(records, out int length, out var digits) && length > digits + 1 && length <= records.Length
                && records[digits] == ' ' && records[length - 1] == '\n';
            var record = valid ? records[(digits + 1)..(length - 1)] : throw new InvalidDataException("a pax header is malformed");
            attributes = attributes.With(record, record.IndexOf((byte)'='));
            records = records[length..];
        }

        return attributes;
    }

    private TarAttributes With(ReadOnlySpan<byte> record, int equals)
    {
        var name = equals > 0 ? Encoding.UTF8.GetString(record[..equals]) : throw new InvalidDataException("a pax header has a record without a name");
        var value = record[(equals + 1)..];
        return name switch
        {
            "path" => this with { Name = Encoding.UTF8.GetString(value) },
            "linkpath" => this with { Target = Encoding.UTF8.GetString(value) },
            "size" => this with
            {
                Length = Utf8Parser.TryParse(value, out long size, out var digits) && digits == value.Length && size >= 0
                    ? size
                    : throw new InvalidDataException("a pax header has a size that is no number"),
            },
            _ when name.StartsWith("GNU.sparse.", StringComparison.Ordinal) => throw new InvalidDataException("it holds a sparse file; pack it without --sparse"),
            _ => this,
        };
    }
}
