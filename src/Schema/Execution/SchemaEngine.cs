using Equaticket.Schema.Errors;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.Extensions.Logging;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Runs validated documents on GraphQL.NET in two steps, coercion and execution, so that the executor
/// can open a transaction between them. Fields are resolved one after another: one request, one
/// database connection.
/// </summary>
public sealed class SchemaEngine(
    ISchema schema, IServiceProvider services, ILogger<SchemaEngine> log)
{
    private static readonly DocumentValidator Validator = new();

    public ISchema Schema => schema;

    /// <summary>Coerces variables and arguments; bad input comes back as errors.</summary>
    public Task<IValidationResult> CoerceAsync(
        OperationRequest request, OperationContext context, CancellationToken cancellationToken) =>
        Validator.ValidateAsync(new ValidationOptions
        {
            Schema = schema,
            Document = request.Operation.Document,
            Operation = request.Operation.Definition,
            Rules = [],
            Variables = new Inputs(request.Variables),
            Extensions = Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = context,
            CancellationToken = cancellationToken,
        });

    public async Task<ExecutionResult> RunAsync(
        OperationRequest request,
        IValidationResult input,
        OperationContext context,
        CancellationToken cancellationToken)
    {
        using var execution = new ExecutionContext
        {
            Schema = schema,
            Document = request.Operation.Document,
            Operation = request.Operation.Definition,
            Variables = input.Variables ?? Variables.None,
            ArgumentValues = input.ArgumentValues,
            DirectiveValues = input.DirectiveValues,
            UserContext = context,
            RequestServices = services,
            Errors = [],
            Listeners = [],
            InputExtensions = Inputs.Empty,
            OutputExtensions = [],
            Metrics = Metrics.None,
            ExecutionOptions = new ExecutionOptions { Schema = schema, UserContext = context },
            ExecutionStrategy = SerialExecutionStrategy.Instance,
            UnhandledExceptionDelegate = failure => Translate(failure, context),
            CancellationToken = cancellationToken,
        };
        var result = await SerialExecutionStrategy.Instance.ExecuteAsync(execution);
        if (execution.Errors.Count > 0)
            result.Errors = execution.Errors;
        return result;
    }

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
