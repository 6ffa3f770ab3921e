using System.Collections;
using Equaticket.Engine.Errors;
using GraphQL.Types;

namespace Equaticket.Engine.Input;

/// <summary>
/// Refuses null as an item where the type of a list forbids it. Documents are validated for it, and GraphQL.NET
/// coerces variables by it, but one with a default may stand as an item and still be given as null.
/// </summary>
internal static class RequiredItems
{
    /// <returns>What checks a coerced value of the type, or null where null may be an item.</returns>
    public static Func<object, object>? Rule(IGraphType type) => type switch
    {
        NonNullGraphType required => Rule(required.ResolvedType!),
        ListGraphType { ResolvedType: NonNullGraphType } => Require,
        _ => null,
    };

    private static object Require(object value) =>
        ((IEnumerable)value).Cast<object?>().Contains(null)
            ? throw new InvalidInputException(InputReasons.Required)
            : value;
}
