using System.Text.Json;
using Equaticket.Engine.Scalars;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>A valid value for every input of an operation, by its name or type.</summary>
internal static class ExampleValues
{
    private static readonly Dictionary<string, object?> Known =
        Seed.EventBody().Concat(Seed.TicketTypeBody())
            .Append(new("buyer_email", "ada@example.com"))
            .Append(new("url", "https://example.com/"))
            .Append(new("role", "ADMIN"))
            .Append(new("since", "2020-01-01T00:00:00Z"))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static readonly Dictionary<string, object> NoIds = [];

    /// <summary>An id that does not exist.</summary>
    private const string Unknown = "019e9c3a-7e40-7000-8000-000000000000";

    /// <param name="name">The name in REST or in the schema.</param>
    /// <param name="type">The type in the schema.</param>
    public static object Of(string name, IGraphType type) => Of(name, type, NoIds);

    /// <param name="name">The name in REST or in the schema.</param>
    /// <param name="type">The type in the schema.</param>
    /// <param name="ids">The values for ids, by name.</param>
    public static object Of(string name, IGraphType type, IReadOnlyDictionary<string, object> ids) =>
        Known.GetValueOrDefault(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)) ?? type switch
        {
            NonNullGraphType required => Of(name, required.ResolvedType!, ids),
            ListGraphType list => new[] { Of(name, list.ResolvedType!, ids) },
            IInputObjectGraphType input => input.Fields
                .Where(field => field.ResolvedType is NonNullGraphType)
                .ToDictionary(field => field.Name, field => Of(field.Name, field.ResolvedType!, ids)),
            IdGraphType => ids.GetValueOrDefault(name, Unknown),
            IWireSpelling spelling => spelling.WireNames[0],
            IntGraphType => 1,
            BooleanGraphType => true,
            StringGraphType => "text",
            _ => throw new InvalidOperationException($"Teach this test a value for {name}: {type}."),
        };

    /// <returns>
    /// The names of the ids in an argument: the argument's name, or the names of its required fields.
    /// </returns>
    public static IEnumerable<string> IdsIn(string name, IGraphType type) => type.GetNamedType() switch
    {
        IdGraphType => [name],
        IInputObjectGraphType input => input.Fields
            .Where(field => field.ResolvedType is NonNullGraphType)
            .SelectMany(field => IdsIn(field.Name, field.ResolvedType!)),
        _ => [],
    };

    /// <returns>Whether the type is an id or contains one at any depth.</returns>
    public static bool HoldsId(IGraphType type) => type.GetNamedType() switch
    {
        IdGraphType => true,
        IInputObjectGraphType input => input.Fields.Any(field => HoldsId(field.ResolvedType!)),
        _ => false,
    };
}
