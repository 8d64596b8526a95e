using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Slug.Pushes;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>A value that an endpoint reads of the query, by what its parameters say.</summary>
internal sealed record QueryValue(string Name, Type Type, bool IsOptional)
{
    public static IEnumerable<QueryValue> Of(HttpContext http) =>
        from endpoint in new[] { http.GetEndpoint() }.OfType<RouteEndpoint>()
        from parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        let type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType
        where (type == typeof(string) || type.IsPrimitive) && endpoint.RoutePattern.GetParameter(parameter.Name) is null
        select new QueryValue(parameter.Name, type, parameter.IsOptional);

    /// <summary>The first one that is missing, or not what it has to be; null where there is none.</summary>
    public static QueryValue? UnreadIn(HttpContext http) => Of(http).FirstOrDefault(value => !value.IsGoodIn(http.Request.Query));

    /// <summary>A name of the query that the endpoint does not read: a switch that is mistyped must not be passed over.</summary>
    public static Refusal? UnknownIn(HttpContext http)
    {
        var known = Of(http).Select(value => value.Name).ToList();
        return http.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } unknown ? null : new(
            StatusCodes.Status400BadRequest,
            $"SLUG6198: '{Readable.Text(unknown)}' is nothing that the query of '{Readable.Text(http.Request.Path.ToString())}' has; expected {(known.Count == 0 ? "no query" : string.Join(", ", known.Select(name => $"'{name}'")))}");
    }

    public Refusal Refusal(IQueryCollection query) => new(
        StatusCodes.Status400BadRequest,
        query.TryGetValue(Name, out var text)
            ? $"SLUG6196: '{Name}' of the query is '{Readable.Text(text.ToString())}'; expected {Expected.Of(Type)}"
            : $"SLUG6197: '{Name}' is missing from the query; expected {Expected.Of(Type)}: ?{Name}=…");

    private bool IsGoodIn(IQueryCollection query) => !query.TryGetValue(Name, out var text) ? IsOptional : Type.GetTypeCode(Type) switch
    {
        TypeCode.Boolean => bool.TryParse(text, out _),
        TypeCode.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        TypeCode.Int64 => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
