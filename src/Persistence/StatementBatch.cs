using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// Statements that are sent to the database in one round trip, on a context's connection and in its transaction. Each
/// statement sees everything committed before it starts, as if it were sent alone.
/// </summary>
/// <param name="database">The context, which has opened the transaction.</param>
public sealed class StatementBatch(EquaticketDbContext database) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new((NpgsqlConnection)database.Database.GetDbConnection());

    public EquaticketDbContext Database => database;

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>A value whose type doesn't depend on whether it is null.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>Saves the rows that were added to a context, with less CPU than <c>SaveChangesAsync</c>.</summary>
    public static async Task InsertAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        await using var batch = new StatementBatch(database);
        batch.AddInserts();
        await using var results = await batch.ReadAsync(cancellationToken);
    }

    /// <param name="statement">The statement, with <c>$1</c>, <c>$2</c> … for the values.</param>
    /// <param name="values">
    /// The values. A null takes the type that the statement requires. If a value is only sometimes null, use
    /// <see cref="Value"/>: a statement is prepared for one list of types.
    /// </param>
    /// <returns>The command.</returns>
    public NpgsqlBatchCommand Add(string statement, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        _batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Saves the rows that were added to the context. No row may have been changed otherwise.</summary>
    public void AddInserts()
    {
        foreach (var insert in RowInserts.Take(database))
            _batch.BatchCommands.Add(insert);
    }

    /// <summary>Sends the statements. The reader has a result for each statement that returns rows.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        if (database.PreparesStatements && _batch.BatchCommands.AsEnumerable<NpgsqlBatchCommand>().All(IsPrepared))
            await _batch.PrepareAsync(cancellationToken);
        return await _batch.ExecuteReaderAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    /// <remarks>The driver prepares a batch as a whole.</remarks>
    private static bool IsPrepared(NpgsqlBatchCommand statement) =>
        !statement.CommandText.StartsWith(QueryPlans.ForValues, StringComparison.Ordinal);
}
