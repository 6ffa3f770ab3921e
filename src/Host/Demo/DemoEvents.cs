using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQLParser.AST;

namespace Equaticket.Host.Demo;

/// <summary>Creates the demo's events through the schema, as an integrator would.</summary>
internal sealed class DemoEvents(
    OperationExecutor executor, OperationAccess access, RowStamps stamps)
{
    private static readonly IReadOnlyList<DemoEvent> All =
    [
        new("Harbour Jazz Night", "Europe/Lisbon", "eur", 30,
            [new("Standing", 2_500, 200), new("Table for two", 9_000, 20)]),
        new("Spring Pottery Workshop", "America/Chicago", "usd", 60,
            [new("Workshop seat", 4_500, 16)]),
        new("Open Source Meetup", "Europe/Berlin", "eur", 14,
            [new("Free ticket", 0, 80)]),
    ];

    private readonly Operation _create = Prepare(access,
        """
        mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }
        """);

    private readonly Operation _add = Prepare(access,
        """
        mutation ($id: ID!, $input: CreateTicketTypeInput!) {
          createTicketType(eventId: $id, input: $input) { id }
        }
        """);

    private readonly Operation _publish = Prepare(access,
        """
        mutation ($id: ID!) { publishEvent(id: $id) { id } }
        """);

    /// <summary>Creates all demo events in the mode of the key.</summary>
    public async Task CreateAsync(
        Organization organization, ApiKey key, CancellationToken cancellationToken)
    {
        var caller = Caller.ForKey(key, organization);
        foreach (var demo in All)
            await CreateAsync(caller, demo, cancellationToken);
    }

    private async Task CreateAsync(
        Caller caller, DemoEvent demo, CancellationToken cancellationToken)
    {
        var starts = stamps.Now().AddDays(demo.DaysAhead).Date.AddHours(18);
        var id = await RunAsync(caller, _create, new()
        {
            ["input"] = new Dictionary<string, object?>
            {
                ["title"] = demo.Title,
                ["timezone"] = demo.Timezone,
                ["currency"] = demo.Currency,
                ["startsAt"] = Rfc3339.Write(new DateTimeOffset(starts, TimeSpan.Zero)),
            },
        }, cancellationToken);
        foreach (var ticketType in demo.TicketTypes)
        {
            await RunAsync(caller, _add, new()
            {
                ["id"] = id,
                ["input"] = new Dictionary<string, object?>
                {
                    ["name"] = ticketType.Name,
                    ["price"] = ticketType.Price,
                    ["quantityTotal"] = ticketType.Quantity,
                },
            }, cancellationToken);
        }

        await RunAsync(caller, _publish, new() { ["id"] = id }, cancellationToken);
    }

    private async Task<string> RunAsync(
        Caller caller,
        Operation operation,
        Dictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        var id = "";
        await executor.ExecuteAsync(
            new OperationRequest(
                operation, variables, caller, new PublicUrls(""), result => Read(result, out id)),
            cancellationToken);
        return id;
    }

    private static Answer Read(ExecutionResult result, out string id)
    {
        if (result.Errors is { Count: > 0 } errors)
            throw new InvalidOperationException($"Demo data: {errors[0].Message}", errors[0]);
        id = (string)ResultObject.OfRoot(result)!.Value("id")!;
        return new Answer(StatusCodes.Status200OK, null, default);
    }

    private static Operation Prepare(OperationAccess access, string query)
    {
        var document = DocumentCheck.Parse(query);
        return new Operation(
            document, document.Definitions.OfType<GraphQLOperationDefinition>().Single(), access);
    }

    private sealed record DemoEvent(
        string Title,
        string Timezone,
        string Currency,
        int DaysAhead,
        IReadOnlyList<DemoTicketType> TicketTypes);

    private sealed record DemoTicketType(string Name, long Price, int Quantity);
}
