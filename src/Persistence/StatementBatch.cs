using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// Statements that go to the database in one round trip, on the connection and in the transaction of a context.
/// Each sees what was committed before it starts, as if it were sent alone.
/// </summary>
/// <param name="database">Has opened the transaction.</param>
public sealed class StatementBatch(EquaticketDbContext database) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new((NpgsqlConnection)database.Database.GetDbConnection());

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <param name="statement">With <c>$1</c>, <c>$2</c> … for the values.</param>
    /// <param name="values">Nulls take the type that the statement needs.</param>
    public void Add(string statement, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        _batch.BatchCommands.Add(command);
    }

    /// <summary>Sends the statements. The reader has a result for each that returns rows.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        if (database.PreparesStatements)
            await _batch.PrepareAsync(cancellationToken);
        return await _batch.ExecuteReaderAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
