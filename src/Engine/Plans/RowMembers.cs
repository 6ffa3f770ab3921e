using System.Collections.Frozen;
using System.Linq.Expressions;
using GraphQL.Types;

namespace Equaticket.Engine.Plans;

/// <summary>Finds the members of a row that a selection reads, so that nothing else has to be read for it.</summary>
internal sealed class RowMembers : ExpressionVisitor
{
    private readonly ParameterExpression _row;
    private readonly HashSet<string> _names = [];
    private bool _readsAny;
    private bool _isRow;

    private RowMembers(LambdaExpression value)
    {
        _row = value.Parameters[0];
        VisitValue(value.Body);
    }

    /// <summary>The members that a field reads; null if it may read any.</summary>
    /// <param name="field">The field.</param>
    /// <param name="written">How it is written in a list; null if it is resolved.</param>
    public static IReadOnlySet<string>? Of(FieldType field, RowField? written) => (field.Resolver, written) switch
    {
        (IObjectResolver row, _) => new RowMembers(row.RowExpression).With(written?.Plan),
        (_, TypeNameField) => FrozenSet<string>.Empty,
        _ => null,
    };

    /// <summary>
    /// The members that the selection on a connection reads of its rows, sorted and separated by spaces; null if it may
    /// read any.
    /// </summary>
    /// <param name="fields">The fields of the connection.</param>
    public static string? OfPage(IEnumerable<SelectedField> fields) =>
        Union(fields.SelectMany(RowsOf).Select(rows => rows?.Members)) is { } members
            ? string.Join(' ', members.Order(StringComparer.Ordinal))
            : null;

    /// <returns>Null if any part is null.</returns>
    public static IReadOnlySet<string>? Union(IEnumerable<IReadOnlySet<string>?> parts)
    {
        var all = new HashSet<string>();
        foreach (var part in parts)
        {
            if (part is null)
                return null;
            all.UnionWith(part);
        }

        return all;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression != _row)
            return base.VisitMember(node);
        _names.Add(node.Member.Name);
        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _readsAny |= node == _row;
        return node;
    }

    private static IEnumerable<SelectionPlan?> RowsOf(SelectedField field) => field.Type.Name switch
    {
        "nodes" => [field.InList?.Plan],
        "edges" when field.InList?.Plan is { } edges =>
            edges.Fields.Where(edge => edge.Type.Name == "node").Select(edge => edge.InList?.Plan),
        "edges" => [null],
        _ => [],
    };

    /// <summary>The value may be the row itself. Then what is selected on it is read, too.</summary>
    private void VisitValue(Expression value)
    {
        if (value is ConditionalExpression choice)
        {
            Visit(choice.Test);
            VisitValue(choice.IfTrue);
            VisitValue(choice.IfFalse);
        }
        else if (value == _row)
        {
            _isRow = true;
        }
        else
        {
            Visit(value);
        }
    }

    private IReadOnlySet<string>? With(SelectionPlan? selection) =>
        _readsAny ? null
        : _isRow ? Union([_names, selection?.Members])
        : _names;
}
