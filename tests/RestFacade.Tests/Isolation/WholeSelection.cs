using GraphQL;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// Selects every field of a type that requires no argument, down to a maximum depth. For an interface, it selects only
/// the id: each of its types has a separate query.
/// </summary>
internal static class WholeSelection
{
    private const int Depth = 4;

    /// <summary>
    /// Fields that differ each time: data about the requests themselves and about deliveries, and signatures, which
    /// are random.
    /// </summary>
    private static readonly HashSet<string> Differing =
    [
        "lastUsedAt", "lastAddress", "lastUserAgent", "recentUse", "scopeUses", "qrText", "qrSvg", "failingSince",
    ];

    /// <returns>The selection in braces; empty for a leaf.</returns>
    public static string Of(IGraphType type) => Of(type.GetNamedType(), Depth);

    private static string Of(IGraphType type, int depth) => type switch
    {
        IAbstractGraphType => "{ __typename id }",
        IObjectGraphType one => Braces(Fields(one, depth)),
        _ => "",
    };

    private static IEnumerable<string> Fields(IObjectGraphType type, int depth)
    {
        yield return "__typename";
        foreach (var field in type.Fields.Where(field => !Differing.Contains(field.Name)
            && (field.Arguments ?? []).All(a => a.ResolvedType is not NonNullGraphType)))
        {
            var inner = field.ResolvedType!.GetNamedType();
            if (inner is ScalarGraphType)
                yield return field.Name;
            else if (depth > 1 && !IsEdge(inner))
                yield return $"{field.Name} {Of(inner, depth - 1)}";
        }
    }

    private static bool IsEdge(IGraphType type) =>
        type.Name.EndsWith("Edge", StringComparison.Ordinal);

    private static string Braces(IEnumerable<string> selections) =>
        $"{{ {string.Join(' ', selections)} }}";
}
