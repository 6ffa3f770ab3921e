using Equaticket.Engine.Errors;
using GraphQL.DataLoader;

namespace Equaticket.Engine.Nodes;

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
