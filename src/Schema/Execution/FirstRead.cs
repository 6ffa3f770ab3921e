using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using GraphQL.Execution;
using GraphQL.Validation;
using Npgsql;

namespace Equaticket.Schema.Execution;

/// <summary>
/// What a mutation reads first, in the round trip that claims its idempotency key. A request whose key is in use sends
/// the statements too, so they must not wait for locks that the other request may hold.
/// </summary>
/// <param name="Add">Adds the statements.</param>
/// <param name="ReadAsync">
/// Reads their results. The mutation gets the rows from <see cref="WriteTransaction.Rows{T}"/>.
/// </param>
internal sealed record FirstRead(
    Action<StatementBatch> Add, Func<NpgsqlDataReader, CancellationToken, Task<object>> ReadAsync)
{
    public const string Key = nameof(FirstRead);

    /// <returns>The first read of an operation; null if it has none.</returns>
    public static FirstRead? Of(Operation operation, IValidationResult input) =>
        operation.RootField?.GetMetadata<MakeFirstRead?>(Key)?.Invoke(input.ArgumentsOf(operation.RootNode!));
}

/// <summary>Makes the first read of a mutation from the arguments of its field; null if the field is skipped.</summary>
internal delegate FirstRead? MakeFirstRead(IDictionary<string, ArgumentValue> arguments);
