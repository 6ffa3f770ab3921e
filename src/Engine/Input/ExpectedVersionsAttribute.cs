using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Input;

/// <summary>
/// Marks an argument that makes a change conditional (REST: <c>If-Match</c>, RFC 9110, 13.1.1).
/// Versions are compared while the row is locked, so two callers with the same version cannot both succeed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ExpectedVersionsAttribute : GraphQLAttribute
{
    public override void Modify(QueryArgument queryArgument) =>
        queryArgument.Description = "If given, the change is rejected with `precondition_failed` "
            + "unless the resource's `version` is one of these values.";

    /// <exception cref="ApiError">None of the expected versions is the current one.</exception>
    public static void Require(IReadOnlyList<int>? expected, int current)
    {
        if (expected is not null && !expected.Contains(current))
            throw ApiError.PreconditionFailed();
    }
}
