using System.Globalization;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// The OpenAPI document of the REST API. It is generated from the route table, the operations and the
/// schema, so it cannot contradict them.
/// </summary>
public static class ApiDocument
{
    /// <summary>The server in the committed file.</summary>
    public const string PublicServer = "https://app.equaticket.com";

    /// <param name="catalog">All routes.</param>
    /// <param name="schema">The schema of their operations.</param>
    /// <param name="server">The public URL, such as <see cref="PublicServer"/>.</param>
    public static OpenApiDocument Build(OperationCatalog catalog, ISchema schema, string server)
    {
        var document = new OpenApiDocument
        {
            Info = Info(),
            Servers = [new OpenApiServer { Url = server }],
            Tags = new HashSet<OpenApiTag>(catalog.Operations.Select(Tags.Of).Distinct().Select(Tags.Describe)),
            Paths = [],
            Components = new OpenApiComponents
            {
                Schemas = new SortedDictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
                Responses = new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal),
                Parameters = SharedParameters.All(),
                Headers = SharedHeaders.All(),
                SecuritySchemes = Security.Schemes(),
            },
        };
        var operations = new OperationObjects(document, schema);
        foreach (var operation in catalog.Operations)
            Add(document.Paths, operation, operations.Describe(operation));
        document.Webhooks = WebhookObjects.All(document);
        return document;
    }

    /// <summary>The document as JSON: indented, with LF, in a stable order.</summary>
    public static string Text(
        OperationCatalog catalog,
        ISchema schema,
        string server,
        OpenApiSpecVersion version = OpenApiSpecVersion.OpenApi3_1)
    {
        var document = Build(catalog, schema, server);
        if (version == OpenApiSpecVersion.OpenApi3_0)
            new OpenApiWalker(new TypedNulls()).Walk(document);
        return document.ToJson(version) + "\n";
    }

    internal static string ToJson(
        this IOpenApiSerializable element, OpenApiSpecVersion version = OpenApiSpecVersion.OpenApi3_1)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var writer = new OpenApiJsonWriter(text);
        if (version == OpenApiSpecVersion.OpenApi3_0)
            element.SerializeAsV3(writer);
        else
            element.SerializeAsV31(writer);
        return text.ToString();
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "Equaticket Public API",
        Version = "1",
        Summary = "Build integrations against your events, ticket types, orders, and attendees.",
        Description = Resources.Introduction,
        Contact = new OpenApiContact { Name = "Equaticket Support", Url = new Uri(ApiError.DocUrl) },
        License = new OpenApiLicense
        {
            Name = "Equaticket API Terms of Service",
            Url = new Uri(ApiError.DocUrl),
        },
    };

    private static void Add(OpenApiPaths paths, RestOperation operation, OpenApiOperation described)
    {
        if (!paths.TryGetValue(operation.Route.Template, out var path))
            paths.Add(operation.Route.Template, path = new OpenApiPathItem());
        ((OpenApiPathItem)path).AddOperation(new HttpMethod(operation.Route.Method), described);
    }

    /// <summary>OpenAPI 3.0 has no null type, and allows <c>nullable</c> only beside another type.</summary>
    private sealed class TypedNulls : OpenApiVisitorBase
    {
        public override void Visit(IOpenApiSchema schema)
        {
            if (schema is not OpenApiSchema { Type: JsonSchemaType.Null } own)
                return;
            own.Type = JsonSchemaType.Object | JsonSchemaType.Null;
            own.Enum = [JsonNullSentinel.JsonNull];
        }
    }
}
