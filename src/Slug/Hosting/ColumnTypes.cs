using System.Data;
using System.Globalization;
using Dapper;
using Slug.Apps;
using Slug.Content;

namespace Slug.Hosting;

/// <summary>How our parsed values stand in a column: as the text they are written as.</summary>
internal static class ColumnTypes
{
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.AddTypeHandler(new TextHandler<DateTimeOffset>(
            value => value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)));
        SqlMapper.AddTypeHandler(new TextHandler<Guid>(value => value.ToString("D"), Guid.Parse));
        SqlMapper.AddTypeHandler(new TextHandler<Digest>(value => value.ToString(), text => Digest.Parse(text)));
        SqlMapper.AddTypeHandler(new TextHandler<AppName>(value => value.ToString(), text => AppName.Parse(text)));
        SqlMapper.AddTypeHandler(new TextHandler<SourceFolder>(value => value.ToString(), text => SourceFolder.Parse(text)));
    }

    private sealed class TextHandler<T>(Func<T, string> write, Func<string, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = write(value!);

        public override T Parse(object value) => read((string)value);
    }
}
