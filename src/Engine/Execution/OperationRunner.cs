using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Equaticket.Engine.Execution;

/// <summary>
/// Runs validated operations on GraphQL.NET in two steps, coercion, and execution, so that a caller can
/// open a transaction between them. Fields are resolved one after another, because a request has one database
/// connection.
/// </summary>
public sealed class OperationRunner(ISchema schema, IServiceProvider services)
{
    private static readonly DocumentValidator Validator = new();
    private static readonly Dictionary<string, object?> NoObjects = [];

    public ISchema Schema => schema;

    /// <summary>Coerces variables and arguments; returns invalid input as errors.</summary>
    /// <param name="operation">The operation to run.</param>
    /// <param name="variables">The request's variables.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IValidationResult> CoerceAsync(
        Operation operation, Dictionary<string, object?> variables, CancellationToken cancellationToken)
    {
        if (operation.InputBinder(schema)?.Bind(variables) is { } bound)
            return bound;
        var coerced = await Validator.ValidateAsync(new ValidationOptions
        {
            Schema = schema,
            Document = operation.Document,
            Operation = operation.Input?.Operation ?? operation.Definition,
            Rules = [],
            Variables = new Inputs(variables),
            Extensions = Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = NoObjects,
            CancellationToken = cancellationToken,
        });
        return operation.Input?.Restore(coerced) ?? coerced;
    }

    /// <summary>Resolves the fields of an operation.</summary>
    /// <param name="operation">The operation to run.</param>
    /// <param name="input">The result of <see cref="CoerceAsync"/>.</param>
    /// <param name="objects">The objects that resolvers receive through <see cref="FromOperationAttribute"/>.</param>
    /// <param name="translate">Translates an unexpected exception of a resolver into an error.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<ExecutionResult> RunAsync(
        Operation operation,
        IValidationResult input,
        IEnumerable<object> objects,
        Func<UnhandledExceptionContext, Task> translate,
        CancellationToken cancellationToken)
    {
        var userContext = OperationObjects.Of(objects);
        using var execution = new ExecutionContext
        {
            Schema = schema,
            Document = operation.Document,
            Operation = operation.Definition,
            Variables = input.Variables ?? Variables.None,
            ArgumentValues = input.ArgumentValues,
            DirectiveValues = input.DirectiveValues,
            UserContext = userContext,
            RequestServices = services,
            Errors = [],
            Listeners = [],
            InputExtensions = Inputs.Empty,
            OutputExtensions = [],
            Metrics = Metrics.None,
            ExecutionOptions = new ExecutionOptions { Schema = schema, UserContext = userContext },
            ExecutionStrategy = operation.Strategy,
            UnhandledExceptionDelegate = translate,
            CancellationToken = cancellationToken,
        };
        var result = await operation.Strategy.ExecuteAsync(execution);
        if (execution.Errors.Count > 0)
            result.Errors = execution.Errors;
        return result;
    }
}
