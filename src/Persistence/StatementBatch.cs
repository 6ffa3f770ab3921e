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

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <param name="statement">The statement, with <c>$1</c>, <c>$2</c> … for the values.</param>
    /// <param name="values">The values. A null takes the type that the statement requires.</param>
    /// <returns>The command.</returns>
    public NpgsqlBatchCommand Add(string statement, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        _batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Sends the statements. The reader has a result for each statement that returns rows.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        if (database.PreparesStatements)
            await _batch.PrepareAsync(cancellationToken);
        return await _batch.ExecuteReaderAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
