using GraphQL;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>Stops validation after enough errors, because describing each one takes time.</summary>
public sealed class ErrorLimit : ValidationRuleBase, INodeVisitor
{
    /// <summary>The maximum number of errors in a response.</summary>
    public const int MaxErrors = 10;

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(this);

    public ValueTask EnterAsync(ASTNode node, ValidationContext context) =>
        context.Errors.Count() < MaxErrors
            ? ValueTask.CompletedTask
            : throw new TooManyErrorsException([.. context.Errors]);

    public ValueTask LeaveAsync(ASTNode node, ValidationContext context) => ValueTask.CompletedTask;
}

/// <summary>A document has so many errors that validation stopped.</summary>
public sealed class TooManyErrorsException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document has too many errors.")
{
    public IReadOnlyList<ExecutionError> Errors => errors;
}
