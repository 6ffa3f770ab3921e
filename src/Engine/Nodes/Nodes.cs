using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Equaticket.Engine.Nodes;

public sealed class NodeInterface : InterfaceGraphType
{
    public NodeInterface()
    {
        Name = "Node";
        Description = "An object that can be retrieved by its id.";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The unique identifier (UUID), the same in every API.");
    }
}

/// <summary>Reads what implements <c>Node</c>, by id.</summary>
public interface INodeReader
{
    /// <returns>For each id the node, or the <see cref="Errors.ApiError"/> that its entry shows.</returns>
    Task<IReadOnlyList<object>> ReadAsync(IResolveFieldContext context, IReadOnlyCollection<Guid> ids);
}

/// <summary>The graph types that implement <c>Node</c>.</summary>
public sealed record NodeGraphTypes(IReadOnlyList<Type> All);

/// <summary>An entry of a list of nodes. It may be an error, which then is that entry's alone.</summary>
public sealed class NodeEntry(object node) : IDataLoaderResult
{
    private const int Max = 100;

    /// <exception cref="ApiError">More than 100 are asked for.</exception>
    public static void RequireFew(int count, string param)
    {
        if (count > Max)
            throw ApiError.Validation(param, $"This must have at most {Max} items.");
    }

    public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
        node is ApiError error ? throw error : Task.FromResult<object?>(node);
}
