using Equaticket.Engine.Nodes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.Reading;

/// <summary>Declares types that implement <c>Node</c>; see <see cref="NodeKind.All"/>.</summary>
internal static class NodeTypes
{
    /// <summary>A node for keys with the scope and sessions with the role.</summary>
    public static void IsNode<TRow>(this ObjectGraphType<TRow> type, Scope scope, Role role)
    {
        type.RequireScope(scope);
        type.IsNode(role);
    }

    /// <summary>A node for sessions with the role.</summary>
    public static void IsNode<TRow>(this ObjectGraphType<TRow> type, Role role)
    {
        type.RequireRole(role);
        type.Interface<NodeInterface>();
        type.IsTypeOf = row => row is TRow;
    }
}
