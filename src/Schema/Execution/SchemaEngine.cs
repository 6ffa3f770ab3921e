using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Execution;

/// <summary>Runs requests on the engine and translates database errors into API errors.</summary>
public sealed class SchemaEngine(OperationRunner runner, RowStamps stamps, ILogger<SchemaEngine> log)
{
    public ISchema Schema => runner.Schema;

    /// <summary>Coerces variables and arguments; invalid input is returned as errors.</summary>
    public Task<IValidationResult> CoerceAsync(
        OperationRequest request, CancellationToken cancellationToken) =>
        runner.CoerceAsync(request.Operation, request.Variables, cancellationToken);

    /// <param name="request">The request to run.</param>
    /// <param name="input">The result of <see cref="CoerceAsync"/>.</param>
    /// <param name="database">The database context of the resolvers.</param>
    /// <param name="write">The transaction of a mutation; null for queries and subscriptions.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<ExecutionResult> RunAsync(
        OperationRequest request,
        IValidationResult input,
        EquaticketDbContext database,
        WriteTransaction? write,
        CancellationToken cancellationToken)
    {
        var context = new OperationContext(request.Caller, database, stamps, request.Urls)
        {
            Term = request.Term,
        };
        object?[] objects = [context, write, request.StreamedEvent];
        return runner.RunAsync(
            request.Operation,
            input,
            objects.OfType<object>(),
            failure => Translate(failure, write, database.IsReplica),
            cancellationToken);
    }

    /// <remarks>What fails on a replica runs again on the primary.</remarks>
    private Task Translate(UnhandledExceptionContext failure, WriteTransaction? write, bool isReplica)
    {
        var error = DatabaseErrors.Translate(failure.OriginalException);
        var isNameTaken = write is { GeneratesUniqueName: true } && error is { ErrorCode: ErrorCode.Conflict };
        var runsAgain = write is { RunAgain: true }
            || isReplica
            || (write is { IsLastAttempt: false }
                && (isNameTaken || DatabaseErrors.IsRetryable(failure.OriginalException)));
        write?.RunAgain = runsAgain;
        if (isNameTaken)
            error = ApiError.Unavailable();
        var field = failure.FieldContext?.FieldDefinition.Name;
        if (error is null or { ErrorCode: ErrorCode.Unavailable } && !runsAgain)
            log.LogFault(LogLevel.Error, failure.OriginalException, "Field {Field} failed.", field);
        failure.Exception = error ?? ApiError.Internal();
        return Task.CompletedTask;
    }
}
