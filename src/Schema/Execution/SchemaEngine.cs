using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
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
    /// <param name="readPlace">The query's turn to read from the primary.</param>
    public Task<ExecutionResult> RunAsync(
        OperationRequest request,
        IValidationResult input,
        EquaticketDbContext database,
        WriteTransaction? write,
        CancellationToken cancellationToken,
        IDisposable? readPlace = null)
    {
        var context = new OperationContext(request.Caller, database, stamps, request.Urls)
        {
            Term = request.Term,
            ReadPlace = readPlace,
        };
        object?[] objects = [context, write, request.StreamedEvent];
        return runner.RunAsync(
            request.Operation,
            input,
            objects.OfType<object>(),
            failure =>
            {
                failure.Exception = Translate(
                    failure.OriginalException, failure.FieldContext?.FieldDefinition.Name, write, database.IsReplica);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>The result of a mutation whose field failed after it was resolved.</summary>
    internal ExecutionResult Fail(OperationRequest request, WriteTransaction write, Exception fault)
    {
        var field = request.Operation.RootNode!;
        ExecutionError error = Translate(fault, field.Name.StringValue, write, isReplica: false);
        error.Path = [field.Alias?.Name.StringValue ?? field.Name.StringValue];
        error.AddLocation(Location.FromLinearPosition(request.Operation.Document.Source, field.Location.Start));
        return new ExecutionResult { Executed = true, Errors = [error] };
    }

    /// <remarks>What fails on a replica runs again on the primary.</remarks>
    private ApiError Translate(Exception fault, string? field, WriteTransaction? write, bool isReplica)
    {
        var error = DatabaseErrors.Translate(fault);
        var attempt = write?.Attempt;
        var isNameTaken = attempt is { GeneratesUniqueName: true } && error is { ErrorCode: ErrorCode.Conflict };
        var runsAgain = attempt is { RunAgain: true }
            || isReplica
            || (attempt is { IsLast: false } && (isNameTaken || DatabaseErrors.IsRetryable(fault)));
        attempt?.RunAgain = runsAgain;
        if (isNameTaken)
            error = ApiError.Unavailable();
        if (error is null or { ErrorCode: ErrorCode.Unavailable } && !runsAgain)
            log.LogFault(LogLevel.Error, fault, "Field {Field} failed.", field);
        return error ?? ApiError.Internal();
    }
}
