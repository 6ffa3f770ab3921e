using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Reads a row: the entity, the reader, and the position of the column after the entity's.</summary>
public delegate TRow RowReader<in TEntity, out TRow>(TEntity entity, NpgsqlDataReader reader, int next);

/// <summary>
/// A query with a fixed text that returns rows of one table. It is prepared once per connection and read straight from
/// the driver, which takes a fraction of the CPU that Entity Framework Core needs for the same rows.
/// </summary>
/// <typeparam name="TEntity">The entity of the table.</typeparam>
/// <param name="statement">
/// The statement. <c>{columns}</c> is the entity's columns, <c>{table}</c> its table, <c>{tenant}</c> the condition
/// that a row belongs to the tenant of the context, and <c>{EventId}</c> the column of the property with this name. The
/// table's alias is <c>r</c>. <c>$1</c> and <c>$2</c> are the tenant; the statement's own parameters start at
/// <c>$3</c>.
/// </param>
/// <param name="omitted">Properties that are not read, because no reader of the rows uses them.</param>
public sealed class RowQuery<TEntity>(string statement, params string[] omitted)
    where TEntity : class
{
    /// <summary>
    /// The number of selections of columns that have a statement of their own. Clients choose the selection, and each
    /// connection keeps every statement, so others read all columns.
    /// </summary>
    private const int MaxForms = 16;

    private readonly ConcurrentDictionary<string, RowForm<TEntity>> _forms = new();
    private RowForm<TEntity>? _whole;

    /// <summary>Properties that are read even if the selection doesn't contain them.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>A query that returns entities of the tenant.</summary>
    /// <param name="condition">The rest of the statement, from its second condition.</param>
    /// <param name="omitted">Properties that are not read, because no reader of the rows uses them.</param>
    public static RowQuery<TEntity> Where(string condition, params string[] omitted) =>
        new($"SELECT {{columns}} FROM {{table}} AS r WHERE {{tenant}} AND {condition}", omitted);

    /// <summary>Reads the rows, in the order of the statement.</summary>
    /// <param name="database">The context, whose connection, transaction, and tenant the query uses.</param>
    /// <param name="values">The values of <c>$3</c>, <c>$4</c> ….</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<List<TEntity>> ReadAsync(
        EquaticketDbContext database, object[] values, CancellationToken cancellationToken) =>
        new RowReads(database).Add(this, (entity, _, _) => entity, null, values)(cancellationToken);

    /// <summary>Adds the query to statements that are sent together.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="values">The values of <c>$3</c>, <c>$4</c> ….</param>
    public void AddTo(StatementBatch batch, params object[] values) =>
        Form(batch.Database, properties: null).AddTo(batch, values);

    /// <summary>Reads the entities of the current result of a batch.</summary>
    public Task<List<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        ReadAsync(reader, (entity, _, _) => entity, cancellationToken);

    /// <summary>Reads the rows of the current result of a batch.</summary>
    public Task<List<TRow>> ReadAsync<TRow>(
        NpgsqlDataReader reader, RowReader<TEntity, TRow> show, CancellationToken cancellationToken) =>
        _whole!.ReadAsync(reader, show, cancellationToken);

    /// <param name="database">A context.</param>
    /// <param name="properties">The properties to read, separated by spaces; null for all.</param>
    internal RowForm<TEntity> Form(EquaticketDbContext database, string? properties)
    {
        if (properties is not null && _forms.TryGetValue(properties, out var known))
            return known;
        _whole ??= Make(database.Model, name => !omitted.Contains(name));
        return properties is null || _forms.Count >= MaxForms
            ? _whole
            : _forms.GetOrAdd(properties, FormOf(database.Model, properties) ?? _whole);
    }

    /// <returns>Null if a property has no column.</returns>
    private RowForm<TEntity>? FormOf(IModel model, string properties)
    {
        HashSet<string> read = [.. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. Required];
        var entity = model.FindEntityType(typeof(TEntity))!;
        return read.All(name => entity.FindProperty(name)?.PropertyInfo is not null)
            ? Make(model, read.Contains)
            : null;
    }

    private RowForm<TEntity> Make(IModel model, Predicate<string> isRead)
    {
        var mapping = new RowMapping<TEntity>(model, isRead);
        return new RowForm<TEntity>(mapping.Complete(statement), mapping.Read, mapping.Width);
    }
}

/// <summary>A query for certain columns.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Read">Creates an entity from the first columns of a row.</param>
/// <param name="Width">The number of these columns.</param>
internal sealed record RowForm<TEntity>(string Text, Func<NpgsqlDataReader, TEntity> Read, int Width)
{
    public void AddTo(StatementBatch batch, object[] values)
    {
        var database = batch.Database;
        var command = batch.Add(Text, [database.TenantOrganizationId, database.TenantLivemode, .. values]);
        database.QueryObserver?.Sending(command);
    }

    public async Task<List<TRow>> ReadAsync<TRow>(
        NpgsqlDataReader reader, RowReader<TEntity, TRow> show, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(show(Read(reader), reader, Width));
        return rows;
    }
}

/// <summary>Observes each <see cref="RowQuery{TEntity}"/> before it is sent, like an interceptor.</summary>
public interface IRowQueryObserver : IInterceptor
{
    void Sending(NpgsqlBatchCommand command);
}
