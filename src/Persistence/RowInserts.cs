using System.Collections.Concurrent;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// Saves the rows that were added to a context together with other statements, in one round trip. Their ids come from
/// the program, so nothing is read back.
/// </summary>
internal static class RowInserts
{
    private static readonly ConcurrentDictionary<IEntityType, RowInsert> Inserts = new();

    /// <summary>Creates the statements. The context then considers the rows saved.</summary>
    /// <exception cref="InvalidOperationException">A row was changed or deleted.</exception>
    public static List<NpgsqlBatchCommand> Take(EquaticketDbContext database)
    {
        TenantStamp.Apply(database.ChangeTracker, database.Tenant, database.Trace);
        var statements = database.ChangeTracker.Entries()
            .Where(entry => entry.State != EntityState.Unchanged)
            .Select(entry => entry.State == EntityState.Added
                ? (Insert: Inserts.GetOrAdd(entry.Metadata, static type => new RowInsert(type)), Entry: entry)
                : throw new InvalidOperationException($"A row of {entry.Metadata.DisplayName()} is not a new one."))
            .OrderBy(row => row.Insert.Depth)
            .Select(row => row.Insert.Command(row.Entry))
            .ToList();
        database.ChangeTracker.AcceptAllChanges();
        return statements;
    }
}

/// <summary>The statement that inserts a row of an entity, according to the model.</summary>
internal sealed class RowInsert
{
    /// <summary>Creates parameters; it is never executed.</summary>
    private static readonly NpgsqlCommand Parameters = new();

    private readonly List<(IProperty Property, RelationalTypeMapping Type)> _columns;
    private readonly string _text;

    public RowInsert(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _columns = [.. entity.GetProperties()
            .Where(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save)
            .Select(property => (property, property.GetRelationalTypeMapping()))];
        var names = _columns.Select(column => column.Property.GetColumnName(table));
        var values = Enumerable.Range(1, _columns.Count).Select(number => $"${number}");
        _text = $"INSERT INTO {table.Name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
        Depth = DepthOf(entity);
    }

    /// <summary>Greater than that of every entity that this one refers to.</summary>
    public int Depth { get; }

    public NpgsqlBatchCommand Command(EntityEntry row)
    {
        var (command, values) = (new NpgsqlBatchCommand(_text), row.CurrentValues);
        foreach (var (property, type) in _columns)
        {
            command.Parameters.Add((NpgsqlParameter)type.CreateParameter(
                Parameters, name: "", values[property], property.IsNullable));
        }

        return command;
    }

    private static int DepthOf(IEntityType entity) => entity.GetForeignKeys()
        .Select(key => key.PrincipalEntityType).Where(principal => principal != entity)
        .Select(principal => 1 + DepthOf(principal)).DefaultIfEmpty().Max();
}
