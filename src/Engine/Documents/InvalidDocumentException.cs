using GraphQL;

namespace Equaticket.Engine.Documents;

/// <summary>A document that the schema refuses, with all that is wrong with it.</summary>
public sealed class InvalidDocumentException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document is invalid.")
{
    public IReadOnlyList<ExecutionError> Errors { get; } = errors;
}
