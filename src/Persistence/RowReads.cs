using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Reads the rows of a query, in the order of its statement.</summary>
public delegate Task<List<TRow>> ReadRows<TRow>(CancellationToken cancellationToken);

/// <summary>
/// Sends queries in one round trip: each waits until the rows of any of them are needed. One per operation.
/// </summary>
/// <param name="database">The context, whose connection, transaction, and tenant the queries use.</param>
public sealed class RowReads(EquaticketDbContext database)
{
    private List<IRead> _waiting = [];

    private interface IRead
    {
        Task? Sending { set; }

        void AddTo(StatementBatch batch);

        Task ReadAsync(NpgsqlDataReader results, CancellationToken cancellationToken);
    }

    /// <summary>Adds a query to those that wait.</summary>
    /// <param name="query">The query.</param>
    /// <param name="show">Reads a row.</param>
    /// <param name="properties">The properties of the entity to read, separated by spaces; null for all.</param>
    /// <param name="values">The values of <c>$3</c>, <c>$4</c> ….</param>
    /// <returns>Reads the rows.</returns>
    public ReadRows<TRow> Add<TEntity, TRow>(
        RowQuery<TEntity> query, RowReader<TEntity, TRow> show, string? properties, params object[] values)
        where TEntity : class
    {
        var read = new Read<TEntity, TRow>(query.Form(database, properties), show, values);
        _waiting.Add(read);
        return async token =>
        {
            await (read.Sending ?? Send(token));
            return read.Rows;
        };
    }

    private Task Send(CancellationToken cancellationToken)
    {
        var reads = _waiting;
        _waiting = [];
        var sending = SendAsync(reads, cancellationToken);
        reads.ForEach(read => read.Sending = sending);
        return sending;
    }

    private async Task SendAsync(List<IRead> reads, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = new StatementBatch(database);
            reads.ForEach(read => read.AddTo(batch));
            await using var results = await batch.ReadAsync(cancellationToken);
            foreach (var read in reads)
            {
                await read.ReadAsync(results, cancellationToken);
                await results.NextResultAsync(cancellationToken);
            }
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    private sealed class Read<TEntity, TRow>(
        RowForm<TEntity> form, RowReader<TEntity, TRow> show, object[] values) : IRead
    {
        public Task? Sending { get; set; }

        public List<TRow> Rows { get; private set; } = [];

        public void AddTo(StatementBatch batch) => form.AddTo(batch, values);

        public async Task ReadAsync(NpgsqlDataReader results, CancellationToken cancellationToken) =>
            Rows = await form.ReadAsync(results, show, cancellationToken);
    }
}
