using System.Collections.Concurrent;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// Saves new rows together with other statements, in one round trip. Their ids come from the program, so nothing is
/// read back.
/// </summary>
internal static class RowInserts
{
    private static readonly ConcurrentDictionary<IEntityType, RowInsert> Inserts = new();

    /// <summary>Creates the statement of a row that the context doesn't track, for the context's tenant.</summary>
    public static NpgsqlBatchCommand Of<TRow>(EquaticketDbContext database, TRow row)
        where TRow : class, IOrganizationOwned
    {
        var entity = database.Model.FindEntityType(typeof(TRow))!;
        TenantStamp.Apply(row, database.Tenant, database.Trace);
        database.Trace?.Note(row, EntityState.Added);
        return InsertOf(entity).Command(row);
    }

    /// <summary>
    /// Creates the statements of all rows that were added to the context. The context then considers them saved.
    /// </summary>
    /// <exception cref="InvalidOperationException">A row was changed or deleted.</exception>
    public static List<NpgsqlBatchCommand> Take(EquaticketDbContext database)
    {
        TenantStamp.Apply(database.ChangeTracker, database.Tenant, database.Trace);
        var statements = database.ChangeTracker.Entries()
            .Where(entry => entry.State != EntityState.Unchanged)
            .Select(entry => entry.State == EntityState.Added
                ? (Insert: InsertOf(entry.Metadata), Row: entry.Entity)
                : throw new InvalidOperationException($"A row of {entry.Metadata.DisplayName()} is not a new one."))
            .OrderBy(added => added.Insert.Depth)
            .Select(added => added.Insert.Command(added.Row))
            .ToList();
        database.ChangeTracker.AcceptAllChanges();
        return statements;
    }

    private static RowInsert InsertOf(IEntityType entity) =>
        Inserts.GetOrAdd(entity, static type => new RowInsert(type));
}

/// <summary>The statement that inserts a row of an entity, according to the model.</summary>
internal sealed class RowInsert
{
    /// <summary>Creates parameters; it is never executed.</summary>
    private static readonly NpgsqlCommand Parameters = new();

    private readonly List<(IClrPropertyGetter Value, RelationalTypeMapping Type, bool IsNullable)> _columns;
    private readonly string _text;

    public RowInsert(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var properties = entity.GetProperties()
            .Where(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save).ToList();
        _columns = [.. properties
            .Select(property => (property.GetGetter(), property.GetRelationalTypeMapping(), property.IsNullable))];
        var names = properties.Select(property => property.GetColumnName(table));
        var values = Enumerable.Range(1, _columns.Count).Select(number => $"${number}");
        _text = $"INSERT INTO {table.Name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
        Depth = DepthOf(entity);
    }

    /// <summary>Greater than that of every entity that this one refers to.</summary>
    public int Depth { get; }

    public NpgsqlBatchCommand Command(object row)
    {
        var command = new NpgsqlBatchCommand(_text);
        foreach (var (value, type, isNullable) in _columns)
        {
            command.Parameters.Add((NpgsqlParameter)type.CreateParameter(
                Parameters, name: "", value.GetClrValue(row), isNullable));
        }

        return command;
    }

    private static int DepthOf(IEntityType entity) => entity.GetForeignKeys()
        .Select(key => key.PrincipalEntityType).Where(principal => principal != entity)
        .Select(principal => 1 + DepthOf(principal)).DefaultIfEmpty().Max();
}
