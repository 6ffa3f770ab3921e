using System.Text.Json.Nodes;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The server refuses values outside the documented limits, and accepts text of the maximum length.</summary>
public sealed class OpenApiBoundsTests : ApiTest
{
    private static readonly JsonNode Document =
        JsonNode.Parse(File.ReadAllText(Repository.File("openapi.json")))!;

    public static TheoryData<string> Operations =>
    [
        .. RouteTable.Routes
            .Where(route => !route.Template.StartsWith("/api/settings", StringComparison.Ordinal))
            .Where(route => Describe(route)["requestBody"] is not null)
            .Select(route => route.Operation),
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Values_outside_a_documented_limit_are_refused(string operation)
    {
        var (route, schema) = Find(operation);
        foreach (var (name, rules) in schema["properties"]!.AsObject())
        {
            foreach (var value in RequestValues.Beyond(Document, rules!, name))
            {
                var response = await SendAsync(route, schema, name, value);
                Assert.True(
                    response.Status == 400
                        && response.Param?.StartsWith(name, StringComparison.Ordinal) == true,
                    $"{operation} {name} = {value?.ToJsonString()}: {response.Status} {response.Body}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Texts_of_the_maximum_documented_length_are_accepted(string operation)
    {
        var (route, schema) = Find(operation);
        foreach (var (name, rules) in schema["properties"]!.AsObject())
        {
            if (RequestValues.Longest(rules!, name) is not { } text)
                continue;
            var response = await SendAsync(route, schema, name, text);
            Assert.True(response.Param != name, $"{operation} {name}: {response.Status} {response.Body}");
        }
    }

    private Task<ApiResponse> SendAsync(ApiRoute route, JsonNode schema, string name, JsonNode? value)
    {
        var body = RequestValues.Valid(Document, schema);
        body[name] = value;
        var path = route.Template.Replace("{id}", RequestValues.Id, StringComparison.Ordinal)
            .Replace("{ticket_type_id}", RequestValues.Id, StringComparison.Ordinal);
        return Org.Test.SendAsync(new HttpMethod(route.Method), path, body.ToJsonString());
    }

    private static (ApiRoute Route, JsonNode Schema) Find(string operation)
    {
        var route = RouteTable.Routes.Single(route => route.Operation == operation);
        var schema = Describe(route)["requestBody"]!["content"]!["application/json"]!["schema"]!;
        return (route, RequestValues.Follow(Document, schema));
    }

    private static JsonNode Describe(ApiRoute route) =>
        Document["paths"]![route.Template]![route.Method.ToLowerInvariant()]!;
}
