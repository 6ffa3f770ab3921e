using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Runs requests on the engine, and turns what the database refuses into errors of the API.
/// </summary>
public sealed class SchemaEngine(OperationRunner runner, ILogger<SchemaEngine> log)
{
    public ISchema Schema => runner.Schema;

    /// <summary>Coerces variables and arguments; bad input comes back as errors.</summary>
    public Task<IValidationResult> CoerceAsync(
        OperationRequest request, OperationContext context, CancellationToken cancellationToken) =>
        runner.CoerceAsync(request.Operation, request.Variables, context, cancellationToken);

    public Task<ExecutionResult> RunAsync(
        OperationRequest request,
        IValidationResult input,
        OperationContext context,
        CancellationToken cancellationToken) =>
        runner.RunAsync(
            request.Operation, input, context, failure => Translate(failure, context), cancellationToken);

    private Task Translate(UnhandledExceptionContext failure, OperationContext context)
    {
        var error = DatabaseErrors.Translate(failure.OriginalException);
        var isNameTaken = context.ChoosesUniqueName && error is { ErrorCode: ErrorCode.Conflict };
        context.IsRetryable |= context.MayRepeat
            && (isNameTaken || DatabaseErrors.IsRetryable(failure.OriginalException));
        if (isNameTaken)
            error = ApiError.Unavailable();
        if (error is null or { ErrorCode: ErrorCode.Unavailable } && !context.IsRetryable)
        {
            log.LogError(
                failure.OriginalException, "Field {Field} failed.",
                failure.FieldContext?.FieldDefinition.Name);
        }

        failure.Exception = error ?? ApiError.Internal();
        return Task.CompletedTask;
    }
}
