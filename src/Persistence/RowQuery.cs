using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// A query with a fixed text that returns rows of one table. It is prepared once per connection and read straight from
/// the driver, which takes a fraction of the CPU that Entity Framework Core needs for the same rows.
/// </summary>
/// <typeparam name="TEntity">The entity of the table.</typeparam>
/// <typeparam name="TRow">The type that a row of the result is read as.</typeparam>
/// <param name="statement">
/// The statement. <c>{columns}</c> is the entity's columns, <c>{table}</c> its table, <c>{tenant}</c> the condition
/// that a row belongs to the tenant of the context, and <c>{EventId}</c> the column of the property with this name. The
/// table's alias is <c>r</c>. <c>$1</c> and <c>$2</c> are the tenant; the statement's own parameters start at
/// <c>$3</c>.
/// </param>
/// <param name="show">Reads a row: the entity, the reader, and the position of the column after the entity's.</param>
/// <param name="omitted">Properties that are not read, because no reader of the rows uses them.</param>
public class RowQuery<TEntity, TRow>(
    string statement, Func<TEntity, NpgsqlDataReader, int, TRow> show, params string[] omitted)
    where TEntity : class
{
    private Prepared? _prepared;

    /// <summary>Reads the rows, in the order of the statement.</summary>
    /// <param name="database">The context, whose connection, transaction and tenant the query uses.</param>
    /// <param name="parameters">The values of <c>$3</c>, <c>$4</c> …; see <see cref="RowQuery.Value"/>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<List<TRow>> ReadAsync(
        EquaticketDbContext database, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var prepared = _prepared ??= Prepare(database);
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = prepared.Command(database, parameters);
            if (database.PreparesStatements)
                await command.PrepareAsync(cancellationToken);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(reader, cancellationToken);
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    /// <returns>The first row, or null if there is none.</returns>
    /// <inheritdoc cref="ReadAsync(EquaticketDbContext, NpgsqlParameter[], CancellationToken)" path="/param"/>
    public async Task<TRow?> FirstAsync(
        EquaticketDbContext database, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        (await ReadAsync(database, parameters, cancellationToken)).FirstOrDefault();

    /// <summary>Adds the query to statements that are sent together.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="values">The values of <c>$3</c>, <c>$4</c> ….</param>
    public void AddTo(StatementBatch batch, params object[] values)
    {
        var database = batch.Database;
        var prepared = _prepared ??= Prepare(database);
        batch.Add(prepared.Text, [database.TenantOrganizationId, database.TenantLivemode, .. values]);
    }

    /// <summary>Reads the rows of the current result of a batch.</summary>
    public async Task<List<TRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (prepared, rows) = (_prepared!, new List<TRow>());
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(show(prepared.Read(reader), reader, prepared.Width));
        return rows;
    }

    private Prepared Prepare(EquaticketDbContext database)
    {
        var mapping = new RowMapping<TEntity>(database.Model, omitted);
        return new Prepared(mapping.Complete(statement), mapping.Read, mapping.Width);
    }

    private sealed record Prepared(string Text, Func<NpgsqlDataReader, TEntity> Read, int Width)
    {
        public NpgsqlCommand Command(EquaticketDbContext database, NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlCommand(Text, (NpgsqlConnection)database.Database.GetDbConnection());
            command.Parameters.Add(RowQuery.Value(database.TenantOrganizationId));
            command.Parameters.Add(RowQuery.Value(database.TenantLivemode));
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            database.QueryObserver?.Sending(command);
            return command;
        }
    }
}

/// <summary>A query that returns entities of the tenant.</summary>
/// <param name="condition">The rest of the statement, from its second condition.</param>
/// <param name="omitted">Properties that are not read, because no reader of the rows uses them.</param>
public sealed class RowQuery<TEntity>(string condition, params string[] omitted)
    : RowQuery<TEntity, TEntity>(
        $"SELECT {{columns}} FROM {{table}} AS r WHERE {{tenant}} AND {condition}", (entity, _, _) => entity, omitted)
    where TEntity : class;

public static class RowQuery
{
    /// <summary>A parameter of a query.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}

/// <summary>Observes each <see cref="RowQuery{TEntity,TRow}"/> before it is sent, like an interceptor.</summary>
public interface IRowQueryObserver : IInterceptor
{
    void Sending(NpgsqlCommand command);
}
