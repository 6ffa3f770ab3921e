using GraphQL;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>Ends the validation of a document that has enough wrong with it: to describe each fault takes time.</summary>
public sealed class ErrorLimit : ValidationRuleBase, INodeVisitor
{
    private const int MaxErrors = 10;

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(this);

    public ValueTask EnterAsync(ASTNode node, ValidationContext context) =>
        context.Errors.Count() < MaxErrors
            ? ValueTask.CompletedTask
            : throw new TooManyErrorsException([.. context.Errors]);

    public ValueTask LeaveAsync(ASTNode node, ValidationContext context) => ValueTask.CompletedTask;
}

/// <summary>So much is wrong with a document that the rest was not looked at.</summary>
public sealed class TooManyErrorsException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document has too many errors.")
{
    public IReadOnlyList<ExecutionError> Errors => errors;
}
