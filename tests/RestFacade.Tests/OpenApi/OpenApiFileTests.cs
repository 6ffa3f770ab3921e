using System.Text.Json.Nodes;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.OpenApi;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using Equaticket.Schema.Tests.Validation.Generated;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>What the committed <c>openapi.json</c> says, against what it is derived from.</summary>
public sealed class OpenApiFileTests : ApiTest
{
    private static readonly JsonNode Document =
        JsonNode.Parse(File.ReadAllText(Repository.File("openapi.json")))!;

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
            method => (path.Key, method.Key.ToUpperInvariant(), method.Value!)));

    [Fact]
    public void The_committed_file_is_the_one_that_the_code_describes()
    {
        var derived = OpenApiDocument.Text(
            Host.Get<OperationCatalog>(), Host.Get<ISchema>(), OpenApiDocument.RelativeServer);
        Assert.True(
            File.ReadAllText(Repository.File("openapi.json")) == derived,
            "openapi.json is stale. Refresh it: ./equaticket openapi export openapi.json");
    }

    [Fact]
    public void Every_route_is_an_operation_and_every_operation_a_route() => Assert.Equal(
        RouteTable.Routes.Select(route => (route.Template, route.Method, route.Operation)),
        Operations.Select(operation => (
            operation.Path, operation.Method, (string)operation.Operation["operationId"]!)));

    [Fact]
    public void Every_operation_documents_its_success_and_no_other()
    {
        var documented = Operations.Select(operation =>
            operation.Operation["responses"]!.AsObject().Single(r => r.Key.StartsWith('2')).Key);
        Assert.Equal(RouteTable.Routes.Select(route => $"{route.Status}"), documented);
    }

    [Fact]
    public void An_operation_is_public_or_tells_who_may_call_it() => Assert.All(
        RouteTable.Routes.Zip(Operations), pair =>
        {
            var (route, (_, _, operation)) = pair;
            var ways = operation["security"]!.AsArray().Select(way => way!.AsObject().Single().Key);
            Assert.Equal(route.IsPublic, !ways.Any());
            Assert.Equal(
                ways.Contains("apiKey"), operation["x-required-scopes"]!.AsArray().Count > 0);
        });

    [Fact]
    public void A_patch_tells_what_can_be_cleared()
    {
        var members = Document["components"]!["schemas"]!["UpdateEventRequest"]!["properties"]!;
        Assert.Equal("string", (string?)members["title"]!["type"]);
        Assert.Equal(["string", "null"], members["description"]!["type"]!.AsArray().Select(Text));
    }

    [Fact]
    public void A_list_tells_how_many_items_it_has_and_that_each_stands_once()
    {
        foreach (var request in new[] { "CreateWebhookRequest", "UpdateWebhookRequest" })
        {
            var events = Document["components"]!["schemas"]![request]!["properties"]!["events"]!;
            Assert.Equal((1, true), ((int)events["minItems"]!, (bool)events["uniqueItems"]!));
        }
    }

    [Fact]
    public void Descriptions_of_ids_read_well_where_no_other_API_is_named() => Assert.DoesNotContain(
        "as in REST", Document.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void It_speaks_of_REST_alone() => Assert.DoesNotContain(
        "GraphQL", Document.ToJsonString(), StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonNode? node) => (string?)node;
}
