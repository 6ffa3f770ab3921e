using System.Collections;
using System.Linq.Expressions;
using Equaticket.Engine.Plans;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace Equaticket.Engine.Fields;

/// <summary>
/// Fields whose value depends only on their row. They are declared as expressions, because these show which members
/// of the row a field reads.
/// </summary>
public static class LeafFields
{
    /// <summary>Adds a non-null scalar or enum, or a list of them.</summary>
    /// <param name="type">The type to add the field to.</param>
    /// <param name="name">The field's name in the schema.</param>
    /// <param name="description">For integrators.</param>
    /// <param name="value">
    /// Reads the value from a row. The compiler rejects nullable values; use <see cref="OptionalLeaf"/> for those.
    /// </param>
    /// <param name="graphType">
    /// The scalar or enum, without list and non-null wrappers; by default, the one that <see cref="LeafTypes"/>
    /// chooses.
    /// </param>
    public static FieldType Leaf<TRow, TValue>(
        this ComplexGraphType<TRow> type,
        string name,
        string description,
        Expression<Func<TRow, TValue>> value,
        Type? graphType = null)
        where TValue : notnull =>
        type.AddLeaf(name, description, value, typeof(NonNullGraphType<>).MakeGenericType(
            ListOrValue(typeof(TValue), graphType)));

    /// <summary>Adds a nullable scalar or enum, or a list of them.</summary>
    /// <inheritdoc cref="Leaf" path="/param"/>
    /// <exception cref="InvalidOperationException">The type of the value has no null.</exception>
    public static FieldType OptionalLeaf<TRow, TValue>(
        this ComplexGraphType<TRow> type,
        string name,
        string description,
        Expression<Func<TRow, TValue>> value,
        Type? graphType = null)
    {
        var present = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        if (present == typeof(TValue) && present.IsValueType)
            throw new InvalidOperationException($"{type.Name}.{name} is never null: declare it with Leaf.");
        return type.AddLeaf(name, description, value, ListOrValue(present, graphType));
    }

    /// <summary>Resolves a field of any type from its row only.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Reads the value from a row.</param>
    public static FieldBuilder<TRow, object> ResolveFrom<TRow, TValue>(
        this FieldBuilder<TRow, object> field, Expression<Func<TRow, TValue>> value)
    {
        field.FieldType.ReadFrom(value);
        return field;
    }

    private static FieldType AddLeaf<TRow, TValue>(
        this ComplexGraphType<TRow> type,
        string name,
        string description,
        Expression<Func<TRow, TValue>> value,
        Type graphType) =>
        type.AddField(new FieldType { Name = name, Description = description, Type = graphType }.ReadFrom(value));

    private static FieldType ReadFrom<TRow, TValue>(this FieldType field, Expression<Func<TRow, TValue>> value)
    {
        field.Resolver = new RowResolver<TRow, TValue>(value);
        return field;
    }

    private static Type ListOrValue(Type clrType, Type? graphType)
    {
        var item = clrType.IsArray ? clrType.GetElementType()
            : clrType.IsAssignableTo(typeof(IEnumerable)) && clrType.GenericTypeArguments is [var only] ? only
            : null;
        graphType ??= typeof(GraphQLClrOutputTypeReference<>).MakeGenericType(item ?? clrType);
        return item is null
            ? graphType
            : typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(graphType));
    }

    /// <remarks>Compiles on first use, so that startup doesn't compile fields that nobody selects.</remarks>
    private sealed class RowResolver<TRow, TValue>(Expression<Func<TRow, TValue>> value) : IRowResolver
    {
        private Func<TRow, TValue>? _read;

        public LambdaExpression RowExpression => value;

        private Func<TRow, TValue> Read => _read ??= value.Compile();

        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(Read((TRow)context.Source!));

        public RowField Scalar(ScalarGraphType type, bool isNullable) =>
            new ScalarField<TRow, TValue>(Read, type, isNullable);

        public RowField ScalarList(ScalarGraphType itemType, bool isNullable)
        {
            var read = Read;
            return new ScalarListField<TRow>(row => (IEnumerable?)read(row), itemType, isNullable);
        }

        public RowField Object(SelectionPlan plan, bool isNullable) => new MemberField(Read, plan, isNullable);

        private sealed class MemberField(Func<TRow, TValue> read, SelectionPlan plan, bool isNullable)
            : ObjectField(plan, isNullable)
        {
            public override object? Value(object row, LoadedValues loaded) => read((TRow)row);
        }
    }
}
