using GraphQL;

namespace Equaticket.Engine.Documents;

/// <summary>A document that is invalid against the schema, with all its errors.</summary>
public sealed class InvalidDocumentException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document is invalid.")
{
    public IReadOnlyList<ExecutionError> Errors { get; } = errors;
}
