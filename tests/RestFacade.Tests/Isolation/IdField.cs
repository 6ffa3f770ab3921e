using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>A root field that takes ids, with the request that passes them.</summary>
internal sealed record IdField(OperationType Operation, FieldType Field)
{
    /// <summary>
    /// The names of arguments and required input fields that are ids. Filters are omitted, because an unknown id in a
    /// filter is not an error: it finds nothing.
    /// </summary>
    public IReadOnlyList<string> Ids { get; } =
        [.. (Field.Arguments ?? []).Where(a => a.Name != "filter")
            .SelectMany(a => ExampleValues.IdsIn(a.Name, a.ResolvedType!))];

    /// <summary>Whether only sessions are accepted, not API keys.</summary>
    public bool IsForSessions => FieldAccess.Read(Field) is { Scope: null, Role: not null };

    /// <summary>Whether live keys are refused before any lookup.</summary>
    public bool IsForTestKeys => FieldAccess.Read(Field) is { TestKeysOnly: true };

    public static IEnumerable<IdField> Of(ISchema schema) =>
        schema.Query.Fields.Select(field => new IdField(OperationType.Query, field))
            .Concat(schema.Mutation!.Fields.Select(field => new IdField(OperationType.Mutation, field)))
            .Concat(schema.Subscription!.Fields.Select(
                field => new IdField(OperationType.Subscription, field)))
            .Where(field => field.Ids.Count > 0);

    /// <summary>The accepted kinds for the argument; several if any of them is valid.</summary>
    /// <exception cref="InvalidOperationException">The test does not know the kind of the id.</exception>
    public IReadOnlyList<ResourceKind> KindsOf(string id) =>
        (id, Field.ResolvedType!.GetNamedType().Name) switch
        {
            ("apiKeyId", _) or ("id", "ApiKey") => [ResourceKind.ApiKey],
            ("eventId", _) => [ResourceKind.Event],
            ("ticketTypeId", _) => [ResourceKind.TicketType],
            ("id", "Event") => [ResourceKind.Event],
            ("id", "TicketType" or "DeletedTicketType") => [ResourceKind.TicketType],
            ("id", "Order") => [ResourceKind.Order],
            ("id", "TeamMember") => [ResourceKind.Member],
            ("id", "Invitation") => [ResourceKind.Invitation],
            ("ticketId" or "attendeeIds", _) or ("id", "Attendee") => [ResourceKind.Attendee],
            ("webhookId", _) or ("id", "Webhook" or "DeletedWebhook" or "RedeliveredWebhooks") =>
                [ResourceKind.Webhook],
            ("id", "WebhookDelivery") when Field.Name == "pingWebhook" => [ResourceKind.Webhook],
            ("id" or "deliveryId", "WebhookDelivery") => [ResourceKind.WebhookDelivery],
            ("id" or "ids", "Node") =>
            [
                ResourceKind.Event, ResourceKind.TicketType, ResourceKind.Order, ResourceKind.Attendee,
                ResourceKind.Webhook, ResourceKind.WebhookDelivery,
            ],
            var (name, type) => throw new InvalidOperationException(
                $"Teach this test to fill {Field.Name}({name}:), which gives {type}."),
        };

    /// <summary>Sends the ids, in the order of <see cref="Ids"/>, and the other required values.</summary>
    public Task<ApiResponse> SendAsync(IApiCaller caller, IReadOnlyList<string> ids)
    {
        var known = Ids.Zip(ids).ToDictionary(pair => pair.First, pair => (object)pair.Second);
        var given = Field.Arguments!
            .Where(a => a.ResolvedType is NonNullGraphType || known.ContainsKey(a.Name)).ToList();
        var variables = given.ToDictionary(
            argument => argument.Name, a => ExampleValues.Of(a.Name, a.ResolvedType!, known));
        var declared = string.Join(", ", given.Select(a => $"${a.Name}: {a.ResolvedType}"));
        var passed = string.Join(", ", given.Select(a => $"{a.Name}: ${a.Name}"));
        var operation = Operation.ToString().ToLowerInvariant();
        var query = $"{operation} ({declared}) {{ result: {Field.Name}({passed}) {{ __typename }} }}";
        return Operation == OperationType.Subscription
            ? SubscribeAsync(caller, query, variables)
            : caller.SendAsync(HttpMethod.Post, "/graphql", new { query, variables });
    }

    /// <returns>The reason why the stream does not start, or a response without data if it does.</returns>
    private static async Task<ApiResponse> SubscribeAsync(
        IApiCaller caller, string query, object variables)
    {
        await using var stream = await caller.SubscribeAsync(query, variables);
        var answer = stream.Begin is null ? (await stream.ReadAsync())!.Json.ToJsonString() : "{}";
        return new ApiResponse(stream.Status, new Dictionary<string, string>(), ContentType: null, answer);
    }
}
