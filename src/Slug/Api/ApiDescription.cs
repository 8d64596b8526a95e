using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Slug.Bootstrap;
using Slug.Content;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>The API of the command line as OpenAPI, made of what its endpoints say of themselves and of <see cref="AccessRules"/>.</summary>
internal static partial class ApiDescription
{
    public const string Route = "/slug/openapi.json";

    private const string Scheme = "token";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(BootstrapJson.Default));
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("slug/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) => Introduce(document));
            options.AddOperationTransformer((operation, context, _) => Complete(operation, context));
            options.AddSchemaTransformer((schema, context, _) => Correct(schema, context.JsonTypeInfo));
        });
    }

    /// <summary>Says that an endpoint may answer with problem details.</summary>
    public static TBuilder Fails<TBuilder>(this TBuilder endpoint, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemView), ["application/problem+json"]))]);

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new() { Title = "Slug", Version = Program.Version, Description = "What Slug has beyond Heroku's Platform API. Errors are problem details with a stable code, which docs/errors.md explains." };
        // Where it is served is where it was fetched from, whatever proxy is in between.
        document.Servers = [];
        document.Tags = null;
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of 'slug tokens create', or the operator's: 'slug token'." },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var path = "/" + context.Description.RelativePath!.TrimEnd('/');
        operation.Tags = null;
        foreach (var name in Names().Matches(path).Select(match => match.Groups["name"].Value))
            if (operation.Parameters?.Any(parameter => parameter.Name == name) != true)
                (operation.Parameters ??= []).Insert(0, new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        if (AccessRules.Open.Contains(path))
            return Task.CompletedTask;
        var key = $"{context.Description.HttpMethod} {path}";
        var scope = AccessRules.Table.TryGetValue(key, out var needed) || AccessRules.Table.TryGetValue($"{key}/", out needed) ? needed : null;
        var word = scope?.ToString().ToLowerInvariant() ?? "any";
        operation.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-slug-scope"] = new JsonNodeExtension(JsonValue.Create(word)) };
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = scope is null ? [] : [word] }];
        return Task.CompletedTask;
    }

    private static Task Correct(OpenApiSchema schema, JsonTypeInfo type)
    {
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(Digest))
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^sha256:[0-9a-f]{64}$");
        // Numbers are read from strings, too, and never written so.
        if (schema.Type is { } kind && (kind & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
            (schema.Type, schema.Pattern) = (kind & ~JsonSchemaType.String, null);
        // What is null is left out.
        foreach (var property in type.Properties.Where(property => property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null))
            schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Names();
}
