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
        Description = "An object that can be retrieved by its ID.";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The unique identifier (UUID), the same in every API.");
    }
}

/// <summary>Reads objects that implement <c>Node</c>, by id.</summary>
public interface INodeReader
{
    /// <returns>For each id, the node or an <see cref="Errors.ApiError"/>.</returns>
    Task<IReadOnlyList<object>> ReadAsync(IResolveFieldContext context, IReadOnlyCollection<Guid> ids);
}

/// <summary>The graph types that implement <c>Node</c>.</summary>
public sealed record NodeGraphTypes(IReadOnlyList<Type> All);

/// <summary>An entry in a list of nodes. If it is an error, the other entries are not affected.</summary>
public sealed class NodeEntry(object node) : IDataLoaderResult
{
    private const int Max = 100;

    /// <exception cref="ApiError">More than 100 are requested.</exception>
    public static void RequireFew(int count, string param)
    {
        if (count > Max)
            throw ApiError.Validation(param, $"This must have at most {Max} items.");
    }

    public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
        node is ApiError error ? throw error : Task.FromResult<object?>(node);
}
