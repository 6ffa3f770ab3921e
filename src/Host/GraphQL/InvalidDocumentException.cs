using GraphQL;

namespace Equaticket.Host.GraphQL;

/// <summary>A document that the schema refuses, with all that is wrong with it.</summary>
internal sealed class InvalidDocumentException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document is invalid.")
{
    public IReadOnlyList<ExecutionError> Errors { get; } = errors;
}
