using System.Text.Json.Nodes;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Tests.Validation.Generated;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Equaticket.Schema.Tests.Execution;

/// <summary>
/// A plan gives the same response as the library, byte for byte. Documents with conditions have no plan, so each query
/// is sent twice: unchanged, and with <c>@include(if: true)</c> on its first selection.
/// </summary>
public sealed class PlanTests : ApiTest
{
    private const int Seed = 20_261_129;
    private const int Count = 2_000;

    [Fact]
    public async Task Generated_queries_get_the_same_response_with_and_without_a_plan()
    {
        var sale = await SellAsync();
        var ids = new[] { sale.EventId, sale.TicketTypeId, sale.OrderId, sale.AttendeeId };
        var selections = new SelectionGenerator(Host.Get<ISchema>(), new Random(Seed), ids);
        var answered = 0;
        for (var i = 0; i < Count; i++)
        {
            if (await CompareAsync(selections.MakeQuery(), variables: null))
                answered++;
        }

        Assert.True(answered > Count / 4, $"Only {answered} queries had data.");
    }

    [Fact]
    public async Task Invalid_queries_get_the_same_response_with_and_without_a_plan()
    {
        await SellAsync();
        var random = new Random(Seed);
        var schema = Host.Get<ISchema>();
        for (var i = 0; i < Count; i++)
        {
            var request = JsonNode.Parse(new DocumentGenerator(schema, random).Make())!.AsObject();
            var query = (string)request["query"]!;
            if (query.StartsWith("query", StringComparison.Ordinal) && !query.Contains('@', StringComparison.Ordinal)
                && !SelectionGenerator.SelectsSigned(query))
                await CompareAsync(query, request["variables"]);
        }
    }

    [Fact]
    public async Task Every_query_of_a_route_gets_the_same_response_with_and_without_a_plan()
    {
        var sale = await SellAsync();
        var variables = new JsonObject
        {
            ["id"] = sale.EventId,
            ["event_id"] = sale.EventId,
            ["ticket_type_id"] = sale.TicketTypeId,
            ["order_id"] = sale.OrderId,
            ["attendee_id"] = sale.AttendeeId,
        };
        foreach (var operation in Host.Get<OperationCatalog>().Operations.Select(operation => operation.Operation))
        {
            if (operation.IsMutation)
                continue;
            var given = new JsonObject(operation.Definition.Variables?
                .Select(variable => variable.Variable.Name.StringValue)
                .Where(variables.ContainsKey)
                .Select(name => KeyValuePair.Create(name, variables[name]?.DeepClone())) ?? []);
            await CompareAsync(operation.Document.Source.ToString(), given);
        }
    }

    /// <returns>Whether the response has data.</returns>
    private async Task<bool> CompareAsync(string query, JsonNode? variables)
    {
        string plain;
        try
        {
            plain = WithCondition(query);
        }
        catch (GraphQLParser.Exceptions.GraphQLSyntaxErrorException)
        {
            return false;
        }

        var planned = await SendAsync(query, variables);
        Assert.Equal(await SendAsync(plain, variables), planned);
        return planned.StartsWith("{\"data\":{", StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(string query, JsonNode? variables)
    {
        var answer = await Org.Live.GraphQLAsync(query, variables);
        var json = answer.Json!.AsObject();
        json.Remove("extensions");
        foreach (var error in json["errors"]?.AsArray() ?? [])
        {
            error!.AsObject().Remove("locations");
            error["extensions"]?.AsObject().Remove("requestId");
        }

        return json.ToJsonString();
    }

    private static string WithCondition(string query)
    {
        var document = Parser.Parse(query);
        var operation = document.Definitions.OfType<GraphQLOperationDefinition>().First();
        var first = (IHasDirectivesNode)operation.SelectionSet.Selections[0];
        first.Directives = new GraphQLDirectives(
        [
            new GraphQLDirective(new GraphQLName("include"))
            {
                Arguments = new GraphQLArguments(
                    [new GraphQLArgument(new GraphQLName("if"), new GraphQLTrueBooleanValue())]),
            },
        ]);
        return new SDLPrinter(new SDLPrinterOptions()).Print(document);
    }

    private async Task<Sale> SellAsync()
    {
        var eventId = await Org.Live.CreateEventAsync();
        var typeId = await Org.Live.CreateTicketTypeAsync(eventId, price: 0);
        await Org.Live.PostAsync($"/api/v1/events/{eventId}/publish");
        return await Host.SellAsync(Org.Live, eventId, typeId, (3, "Ada Lovelace", "ada@example.com"));
    }
}
