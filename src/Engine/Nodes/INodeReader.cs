using GraphQL;

namespace Equaticket.Engine.Nodes;

/// <summary>Reads what implements <c>Node</c>, by id.</summary>
public interface INodeReader
{
    /// <returns>For each id the node, or the <see cref="Errors.ApiError"/> that its entry shows.</returns>
    Task<IReadOnlyList<object>> ReadAsync(IResolveFieldContext context, IReadOnlyCollection<Guid> ids);
}

/// <summary>The graph types that implement <c>Node</c>.</summary>
public sealed record NodeGraphTypes(IReadOnlyList<Type> All);
