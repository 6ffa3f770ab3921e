using GraphQL;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>Selects all that a type shows, down to a depth: whatever needs no argument.</summary>
internal static class WholeSelection
{
    private const int Depth = 4;

    /// <summary>
    /// Fields that differ each time: what tells of the requests themselves, and signatures, which are
    /// random.
    /// </summary>
    private static readonly HashSet<string> Differing = ["lastUsedAt", "qrText", "qrSvg"];

    /// <returns>The selection in braces; empty for a leaf.</returns>
    public static string Of(IGraphType type) => Of(type.GetNamedType(), Depth);

    private static string Of(IGraphType type, int depth) => type switch
    {
        IAbstractGraphType several => Braces(
            ["__typename", .. several.PossibleTypes.Select(one => OnType(one, depth))]),
        IObjectGraphType one => Braces(Fields(one, depth, prefix: "")),
        _ => "",
    };

    /// <remarks>Fields of two types may differ in their own type, so each type's have names apart.</remarks>
    private static string OnType(IObjectGraphType type, int depth) =>
        $"... on {type.Name} {Braces(Fields(type, depth: 1, $"of{type.Name}_"))}";

    private static IEnumerable<string> Fields(IObjectGraphType type, int depth, string prefix)
    {
        yield return "__typename";
        foreach (var field in type.Fields.Where(field => !Differing.Contains(field.Name)
            && (field.Arguments ?? []).All(a => a.ResolvedType is not NonNullGraphType)))
        {
            var inner = field.ResolvedType!.GetNamedType();
            var isLeaf = inner is ScalarGraphType;
            if (isLeaf)
                yield return prefix.Length == 0 ? field.Name : $"{prefix}{field.Name}: {field.Name}";
            else if (depth > 1 && inner.Name is not ("Edge" or "PageInfo") && !IsEdge(inner))
                yield return $"{field.Name} {Of(inner, depth - 1)}";
        }
    }

    private static bool IsEdge(IGraphType type) =>
        type.Name.EndsWith("Edge", StringComparison.Ordinal);

    private static string Braces(IEnumerable<string> selections) =>
        $"{{ {string.Join(' ', selections)} }}";
}
