using System.Linq.Expressions;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Plans;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Fields;

public sealed class LeafFieldsTests
{
    private readonly ObjectGraphType<Row> _type = new() { Name = "Row" };

    [Fact]
    public async Task Leaf_keeps_its_expression_and_reads_the_row()
    {
        var field = _type.Leaf("size", "The size.", row => row.Size);
        Assert.Equal("row => row.Size", field.RowExpression()!.ToString());
        Assert.Equal(3, await field.Resolver!.ResolveAsync(new ResolveFieldContext { Source = new Row(3, null, []) }));
    }

    [Fact]
    public void Leaf_takes_its_type_from_the_value()
    {
        Assert.Equal(
            typeof(NonNullGraphType<GraphQLClrOutputTypeReference<int>>),
            _type.Leaf("size", "The size.", row => row.Size).Type);
        Assert.Equal(
            typeof(GraphQLClrOutputTypeReference<int>),
            _type.OptionalLeaf("limit", "The limit.", row => row.Limit).Type);
        Assert.Equal(
            typeof(NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>),
            _type.Leaf("ids", "The ids.", row => row.Ids, typeof(IdGraphType)).Type);
    }

    [Fact]
    public void OptionalLeaf_refuses_a_value_that_is_never_null()
    {
        var fault = Assert.Throws<InvalidOperationException>(
            () => _type.OptionalLeaf("size", "The size.", row => row.Size));
        Assert.Equal("Row.size is never null: declare it with Leaf.", fault.Message);
    }

    private sealed record Row(int Size, int? Limit, Guid[] Ids);
}

internal static class RowExpressions
{
    /// <returns>How a field reads its value from a row; null if it needs more than the row.</returns>
    public static LambdaExpression? RowExpression(this FieldType field) =>
        (field.Resolver as IRowResolver)?.RowExpression;
}
