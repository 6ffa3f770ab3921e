using Equaticket.Engine.Access;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Caches validated documents by the hash of their text, up to a memory limit. Access is never
/// cached: it is checked on each request.
/// </summary>
internal sealed class DocumentCache(DocumentCheck check, OperationAccess access, CostModel costs)
    : IDisposable
{
    internal const long MaxBytes = 64 * 1024 * 1024;

    // The upper end of what documents and their plans have used: 2 KB, and 400 to 700 bytes per node, which is many
    // times its text.
    private const int BytesPerDocument = 2_500;
    private const int BytesPerNode = 700;

    private readonly MemoryCache _documents = new(new MemoryCacheOptions
    {
        SizeLimit = MaxBytes,
    });

    /// <exception cref="ApiError">The document is invalid, too large, or lacks the operation.</exception>
    public PreparedOperation Get(DocumentText source, string? operationName)
    {
        var (hash, query) = source;
        var key = hash + operationName;
        if (_documents.TryGetValue(key, out PreparedOperation? known))
            return known!;
        var (operation, nodes) = Build(query, operationName);
        return _documents.Set(key, operation, new MemoryCacheEntryOptions { Size = Weight(query, nodes) });
    }

    /// <returns>The estimated size of a cached document, in bytes.</returns>
    internal static long Weight(string query, int nodes) =>
        BytesPerDocument + (query.Length * sizeof(char)) + ((long)nodes * BytesPerNode);

    public void Dispose() => _documents.Dispose();

    private (PreparedOperation Operation, int Nodes) Build(string query, string? operationName)
    {
        DocumentBounds.CheckLength(query);
        var document = Parse(query);
        var nodes = DocumentBounds.Check(document);
        var definition = Select(document, operationName);
        if (check.Errors(document, definition) is { Count: > 0 } errors)
            throw new InvalidDocumentException(errors);
        return (new PreparedOperation(new Operation(document, definition, access), costs), nodes);
    }

    private static GraphQLDocument Parse(string query)
    {
        try
        {
            return DocumentCheck.Parse(query);
        }
        catch (ApiError fault)
        {
            throw new InvalidDocumentException([fault]);
        }
    }

    private static GraphQLOperationDefinition Select(GraphQLDocument document, string? name)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        if (operations.Count == 0)
            throw ApiError.Validation("query", "The document contains no operation.");
        if (string.IsNullOrEmpty(name))
        {
            return operations is [var only]
                ? only
                : throw ApiError.Validation("operationName", "Specify which operation to run.");
        }

        return operations.Find(operation => operation.Name?.Value == name)
            ?? throw ApiError.Validation("operationName", "The document does not contain this operation.");
    }
}

/// <summary>A validated operation, with its cost if that does not depend on variables.</summary>
internal sealed class PreparedOperation
{
    private readonly CostModel _model;
    private readonly CostEstimate? _fixedCost;

    public PreparedOperation(Operation operation, CostModel model)
    {
        Operation = operation;
        _model = model;
        if (model.Estimate(operation, Operation.NoVariables) is (var cost, true))
            _fixedCost = cost;
    }

    public Operation Operation { get; }

    /// <param name="variables">The request's variables.</param>
    public CostEstimate Cost(IReadOnlyDictionary<string, object?> variables) =>
        _fixedCost ?? _model.Estimate(Operation, variables).Cost;
}
