using System.Data.Common;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// Statements that are sent to the database in one round trip, on a context's connection and in its transaction. Each
/// statement sees everything committed before it starts, as if it were sent alone.
/// </summary>
/// <param name="database">The context, which has opened the transaction.</param>
public sealed class StatementBatch(EquaticketDbContext database) : IAsyncDisposable
{
    private const string CommitBeforeFlush = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>A write without an effect, so that the commit of its transaction waits for the disk.</summary>
    private const string Flush = "SELECT pg_logical_emit_message(true, 'equaticket', '')";

    private readonly NpgsqlBatch _batch = new((NpgsqlConnection)database.Database.GetDbConnection());

    public EquaticketDbContext Database => database;

    /// <summary>A value whose type doesn't depend on whether it is null.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <param name="statement">The statement, with <c>$1</c>, <c>$2</c> … for the values.</param>
    /// <param name="values">
    /// The values. A null takes the type that the statement requires. If a value is only sometimes null, use
    /// <see cref="Value"/>: a statement is prepared for one list of types.
    /// </param>
    /// <returns>The command.</returns>
    public NpgsqlBatchCommand Add(string statement, params ReadOnlySpan<object?> values) =>
        Add(Command(statement, values));

    /// <summary>Adds a statement that is sent before the others.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{object?})" path="/param"/>
    public void AddFirst(string statement, params ReadOnlySpan<object?> values) =>
        _batch.BatchCommands.Insert(0, Command(statement, values));

    /// <summary>Adds a statement such as that of <see cref="Insert"/>.</summary>
    public NpgsqlBatchCommand Add(NpgsqlBatchCommand command)
    {
        _batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>The statement that saves a new row of the context's tenant. The context doesn't track it.</summary>
    public static NpgsqlBatchCommand Insert<TRow>(EquaticketDbContext database, TRow row)
        where TRow : class, IOrganizationOwned => RowInserts.Of(database, row);

    /// <summary>
    /// Saves the rows that were added to the context, with less CPU than <c>SaveChangesAsync</c>. No row may have been
    /// changed otherwise.
    /// </summary>
    public void AddInserts()
    {
        foreach (var insert in RowInserts.Take(database))
            Add(insert);
    }

    /// <summary>
    /// Makes the commit of the transaction wait until the disk, and a synchronous standby, have everything that was
    /// committed before, even if it changes nothing itself.
    /// </summary>
    public void AddFlush() => Add(Flush);

    /// <summary>Sends the statements. The reader has a result for each statement that returns rows.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await _batch.ExecuteReaderAsync(cancellationToken);
    }

    /// <summary>Sends the statements.</summary>
    /// <returns>The first value of the first statement that returns rows; null if it returns none.</returns>
    public async Task<object?> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_batch.BatchCommands.Count == 0)
            return null;
        await PrepareAsync(cancellationToken);
        return await _batch.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>
    /// Sends the statements and commits the context's transaction, in one round trip. Returns when the transaction is
    /// on disk. If it <see cref="EquaticketDbContext.LocksHotRows"/>, its locks are released before that.
    /// </summary>
    /// <returns>See <see cref="ExecuteAsync"/>.</returns>
    public async Task<object?> CommitAsync(CancellationToken cancellationToken)
    {
        if (database.LocksHotRows)
            Add(CommitBeforeFlush);
        Add("COMMIT");
        if (database.LocksHotRows)
            AddFlush(); // A transaction of its own.
        database.LocksHotRows = false;
        var value = await ExecuteAsync(cancellationToken);
        database.HasCommitted = true;
        await database.Database.CommitTransactionAsync(cancellationToken);
        return value;
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private static NpgsqlBatchCommand Command(string statement, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <remarks>The driver prepares a batch as a whole.</remarks>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (database.PreparesStatements && _batch.BatchCommands.AsEnumerable<NpgsqlBatchCommand>().All(IsPrepared))
            await _batch.PrepareAsync(cancellationToken);
    }

    private static bool IsPrepared(NpgsqlBatchCommand statement) =>
        !statement.CommandText.StartsWith(QueryPlans.ForValues, StringComparison.Ordinal);
}

/// <summary>
/// Leaves out the commit of a transaction that <see cref="StatementBatch.CommitAsync"/> has committed. Its other
/// effects, such as those of interceptors, are the same.
/// </summary>
internal sealed class CommitInBatch : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not EquaticketDbContext { HasCommitted: true } database)
            return ValueTask.FromResult(result);
        database.HasCommitted = false;
        return ValueTask.FromResult(InterceptionResult.Suppress());
    }
}
