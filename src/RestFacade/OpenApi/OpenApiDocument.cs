using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the REST API. Everything in it comes from the route table, the
/// operations and the schema, so it cannot say anything else than they do.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>The server of the committed file: wherever the document itself was read.</summary>
    public const string RelativeServer = "/";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="catalog">All routes.</param>
    /// <param name="schema">The schema that they are operations of.</param>
    /// <param name="server">The public address, or <see cref="RelativeServer"/>.</param>
    public static JsonObject Build(OperationCatalog catalog, ISchema schema, string server)
    {
        var operations = new OperationObjects(schema);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
            ["tags"] = Tags(catalog, operations),
            ["paths"] = Paths(catalog, operations),
            ["webhooks"] = WebhookObjects.All(operations.Schemas),
            ["components"] = new JsonObject
            {
                ["schemas"] = operations.Schemas.ToJson(),
                ["responses"] = operations.Errors.ToJson(),
                ["parameters"] = SharedParameters.ToJson(),
                ["headers"] = HeaderComponents.ToJson(),
                ["securitySchemes"] = SecuritySchemes.ToJson(),
            },
        };
    }

    /// <summary>The document as it is committed and served: indented, LF, in a stable order.</summary>
    public static string Text(OperationCatalog catalog, ISchema schema, string server) =>
        Build(catalog, schema, server).ToJsonString(Indented) + "\n";

    private static JsonObject Info() => new()
    {
        ["title"] = "Equaticket Public API",
        ["version"] = "1",
        ["summary"] = "Build integrations against your events, ticket types, orders and attendees.",
        ["description"] = Introduction.Text,
        ["contact"] = new JsonObject { ["name"] = "Equaticket Support", ["url"] = ApiError.DocUrl },
        ["license"] = new JsonObject
        {
            ["name"] = "Equaticket API Terms of Service",
            ["url"] = ApiError.DocUrl,
        },
    };

    private static JsonArray Tags(OperationCatalog catalog, OperationObjects operations) =>
    [
        .. catalog.Operations.GroupBy(operation => operation.Feature).Select(feature =>
            new JsonObject
            {
                ["name"] = RestWording.Words(feature.Key),
                ["description"] = operations.FeatureDescription(feature.First()),
            }),
    ];

    private static JsonObject Paths(OperationCatalog catalog, OperationObjects operations) =>
        new(catalog.Operations.GroupBy(operation => operation.Route.Template).Select(path =>
            KeyValuePair.Create<string, JsonNode?>(
                path.Key, new JsonObject(path.Select(operation =>
                    KeyValuePair.Create<string, JsonNode?>(
                        operation.Route.Method.ToLowerInvariant(),
                        operations.Describe(operation)))))));
}
