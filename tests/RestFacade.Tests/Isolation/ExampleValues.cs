using System.Text.Json;
using Equaticket.Schema.Enums;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>A valid value for whatever an operation asks for, found by its name or its type.</summary>
internal static class ExampleValues
{
    private static readonly Dictionary<string, object?> Known =
        Seed.EventBody().Concat(Seed.TicketTypeBody())
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <param name="name">The name in REST or in the schema.</param>
    /// <param name="type">The type of the schema.</param>
    public static object Of(string name, IGraphType type) =>
        Known.GetValueOrDefault(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)) ?? type switch
        {
            NonNullGraphType required => Of(name, required.ResolvedType!),
            ListGraphType list => new[] { Of(name, list.ResolvedType!) },
            IInputObjectGraphType input => input.Fields
                .Where(field => field.ResolvedType is NonNullGraphType)
                .ToDictionary(field => field.Name, field => Of(field.Name, field.ResolvedType!)),
            IWireSpelling spelling => spelling.WireNames[0],
            IntGraphType => 1,
            BooleanGraphType => true,
            StringGraphType => "text",
            _ => throw new InvalidOperationException($"Teach this test a value for {name}: {type}."),
        };

    /// <returns>Whether the type is an id, or has one anywhere below.</returns>
    public static bool HoldsId(IGraphType type) => type.GetNamedType() switch
    {
        IdGraphType => true,
        IInputObjectGraphType input => input.Fields.Any(field => HoldsId(field.ResolvedType!)),
        _ => false,
    };
}
