using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Maps the columns of a table to an entity, according to the model.</summary>
internal sealed partial class RowMapping<TEntity>
    where TEntity : class
{
    private readonly IEntityType _entity;
    private readonly StoreObjectIdentifier _table;
    private readonly List<IProperty> _read;

    /// <param name="model">The model.</param>
    /// <param name="isRead">Whether the property with a name is read; others keep their initial values.</param>
    public RowMapping(IModel model, Predicate<string> isRead)
    {
        _entity = model.FindEntityType(typeof(TEntity))!;
        _table = StoreObjectIdentifier.Create(_entity, StoreObjectType.Table)!.Value;
        _read = [.. _entity.GetProperties()
            .Where(property => property.PropertyInfo is not null && isRead(property.Name))];
        Read = Compile();
    }

    /// <summary>The number of columns that are read.</summary>
    public int Width => _read.Count;

    /// <summary>Creates an entity from the first columns of a row.</summary>
    public Func<NpgsqlDataReader, TEntity> Read { get; }

    /// <summary>The condition of the tenant filter.</summary>
    private static string IsOfTenant =>
        typeof(TEntity).IsAssignableTo(typeof(TenantOwned)) ? "r.organization_id = $1 AND r.livemode = $2"
            : typeof(TEntity).IsAssignableTo(typeof(IOrganizationOwned)) ? "r.organization_id = $1"
            : throw new InvalidOperationException($"{typeof(TEntity).Name} has no owner.");

    /// <summary>Fills in the placeholders of a statement.</summary>
    public string Complete(string statement) =>
        Placeholders().Replace(statement, match => Value(match.Groups["name"].Value));

    private string Value(string placeholder) => placeholder switch
    {
        "columns" => string.Join(", ", _read.Select(Column)),
        "table" => _table.Name,
        "tenant" => IsOfTenant,
        _ => Column(_entity.FindProperty(placeholder)
            ?? throw new InvalidOperationException($"{typeof(TEntity).Name} has no property {placeholder}.")),
    };

    private string Column(IProperty property) => $"r.{property.GetColumnName(_table)}";

    private Func<NpgsqlDataReader, TEntity> Compile()
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader), "reader");
        var row = Expression.MemberInit(
            Expression.New(typeof(TEntity)),
            _read.Select((property, index) => Expression.Bind(property.PropertyInfo!, Value(reader, property, index))));
        return Expression.Lambda<Func<NpgsqlDataReader, TEntity>>(row, reader).Compile();
    }

    private static Expression Value(ParameterExpression reader, IProperty property, int index)
    {
        var converter = property.GetTypeMapping().Converter;
        var stored = converter?.ProviderClrType ?? property.ClrType;
        var column = Expression.Constant(index);
        Expression value = Expression.Call(
            reader,
            nameof(NpgsqlDataReader.GetFieldValue),
            [Nullable.GetUnderlyingType(stored) ?? stored],
            column);
        if (converter is not null)
            value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
        value = Expression.Convert(value, property.ClrType);
        return property.IsNullable
            ? Expression.Condition(
                Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), [], column),
                Expression.Default(property.ClrType),
                value)
            : value;
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholders();
}
