using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>A root field that takes ids, and the request that gives them.</summary>
internal sealed record IdField(OperationType Operation, FieldType Field)
{
    /// <summary>The arguments that hold ids.</summary>
    public IReadOnlyList<QueryArgument> Ids { get; } =
        [.. (Field.Arguments ?? []).Where(a => ExampleValues.HoldsId(a.ResolvedType!))];

    public static IEnumerable<IdField> Of(ISchema schema) =>
        schema.Query.Fields.Select(field => new IdField(OperationType.Query, field))
            .Concat(schema.Mutation!.Fields.Select(field => new IdField(OperationType.Mutation, field)))
            .Where(field => field.Ids.Count > 0);

    /// <summary>What may be given for the argument; several kinds where any will do.</summary>
    /// <exception cref="InvalidOperationException">The test does not know what the id stands for.</exception>
    public IReadOnlyList<ResourceKind> KindsOf(QueryArgument argument) =>
        (argument.Name, Field.ResolvedType!.GetNamedType().Name) switch
        {
            ("eventId", _) => [ResourceKind.Event],
            ("ticketTypeId", _) => [ResourceKind.TicketType],
            ("id", "Event") => [ResourceKind.Event],
            ("id", "TicketType" or "DeletedTicketType") => [ResourceKind.TicketType],
            ("id" or "ids", "Node") => [ResourceKind.Event, ResourceKind.TicketType],
            var (name, type) => throw new InvalidOperationException(
                $"Teach this test to fill {Field.Name}({name}:), which gives {type}."),
        };

    /// <summary>Gives the ids, in the order of <see cref="Ids"/>, and what else is required.</summary>
    public Task<ApiResponse> SendAsync(ApiClient caller, IReadOnlyList<string> ids)
    {
        var variables = Field.Arguments!
            .Where(argument => argument.ResolvedType is NonNullGraphType && !Ids.Contains(argument))
            .ToDictionary(argument => argument.Name, a => ExampleValues.Of(a.Name, a.ResolvedType!));
        for (var i = 0; i < Ids.Count; i++)
            variables.Add(Ids[i].Name, IsList(Ids[i]) ? new[] { ids[i] } : ids[i]);
        var given = Field.Arguments!.Where(argument => variables.ContainsKey(argument.Name)).ToList();
        var declared = string.Join(", ", given.Select(a => $"${a.Name}: {a.ResolvedType}"));
        var passed = string.Join(", ", given.Select(a => $"{a.Name}: ${a.Name}"));
        var operation = Operation == OperationType.Mutation ? "mutation" : "query";
        return caller.GraphQLAsync(
            $"{operation} ({declared}) {{ result: {Field.Name}({passed}) {{ __typename }} }}",
            variables);
    }

    private static bool IsList(QueryArgument argument) =>
        argument.ResolvedType is ListGraphType
            or NonNullGraphType { ResolvedType: ListGraphType };
}
