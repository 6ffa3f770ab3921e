using System.Collections.Concurrent;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Equaticket.Engine.Plans;

/// <summary>
/// Executes one operation of a document without <c>@skip</c> or <c>@include</c>. The plan for each selection and type
/// is computed once and cached. Fields that depend only on their row get no node, and a list of objects with only
/// such fields is one node. Everything else, and each row with a value that can't be written, uses GraphQL.NET's
/// default execution.
/// </summary>
internal sealed class PlannedStrategy : SerialExecutionStrategy
{
    private readonly ConcurrentDictionary<(GraphQLSelectionSet Selection, IGraphType Type), SelectionPlan> _plans =
        new();

    protected override ExecutionNode BuildExecutionNode(
        ExecutionNode parent,
        IGraphType graphType,
        GraphQLField field,
        FieldType fieldDefinition,
        int? indexInParentNode = null) =>
        Unwrap(graphType) switch
        {
            ListGraphType list => new PlannedList(parent, list, field, fieldDefinition, indexInParentNode),
            ScalarGraphType scalar =>
                base.BuildExecutionNode(parent, scalar, field, fieldDefinition, indexInParentNode),
            var type => new PlannedObject(parent, type, field, fieldDefinition, indexInParentNode),
        };

    protected override void SetSubFieldNodes(ExecutionContext context, ObjectExecutionNode parent)
    {
        var plan = Plan(context, parent.SelectionSet!, parent.GetObjectGraphType(context.Schema) ?? parent.GraphType);
        var isPlanned = parent is PlannedObject && plan.Accepts(parent.Result!);
        if (isPlanned)
            ((PlannedObject)parent).Plan = plan;
        parent.SubFields = Nodes(context, parent, isPlanned ? plan.Resolved : plan.Fields);
    }

    protected override Task SetArrayItemNodesAsync(ExecutionContext context, ArrayExecutionNode parent)
    {
        var type = Unwrap(((ListGraphType)parent.GraphType).ResolvedType!);
        if (type is IObjectGraphType && parent.Result is IReadOnlyList<object> rows
            && Plan(context, parent.Field.SelectionSet!, type) is { IsComplete: true } plan && plan.AcceptsAll(rows))
        {
            ((PlannedList)parent).Plan = plan;
            parent.SerializedResult = rows;
            return Task.CompletedTask;
        }

        return base.SetArrayItemNodesAsync(context, parent);
    }

    private ExecutionNode[] Nodes(
        ExecutionContext context, ObjectExecutionNode parent, IReadOnlyList<SelectedField> fields)
    {
        if (fields.Count == 0)
            return [];
        var nodes = new ExecutionNode[fields.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var field = fields[i];
            if (field.Node != field.Source)
                CopyArguments(context, field);
            nodes[i] = BuildExecutionNode(parent, field.Type.ResolvedType!, field.Node, field.Type);
        }

        return nodes;
    }

    /// <summary>
    /// Coerced arguments are keyed by the fields of the document; a merged field uses those of its first.
    /// </summary>
    private static void CopyArguments(ExecutionContext context, SelectedField field)
    {
        if (context.ArgumentValues?.TryGetValue(field.Source, out var values) == true)
        {
            ((IDictionary<GraphQLField, IDictionary<string, ArgumentValue>>)context.ArgumentValues)[field.Node] = values;
        }
    }

    private SelectionPlan Plan(ExecutionContext context, GraphQLSelectionSet selection, IGraphType type) =>
        _plans.TryGetValue((selection, type), out var plan)
            ? plan
            : _plans.GetOrAdd((selection, type), Make(context, selection, type));

    private SelectionPlan Make(ExecutionContext context, GraphQLSelectionSet selection, IGraphType type) =>
        new([.. CollectFieldsFrom(context, type, selection, null).Select(pair => new SelectedField(
            pair.Key, pair.Value.field, SourceOf(context, pair.Value.field), pair.Value.fieldType,
            OfRow(context, type, pair.Value.field, pair.Value.fieldType)))]);

    private static GraphQLField SourceOf(ExecutionContext context, GraphQLField field)
    {
        if (context.ArgumentValues is not { } all || !all.TryGetValue(field, out var values))
            return field;
        return all.First(pair => ReferenceEquals(pair.Value, values)).Key;
    }

    private RowField? OfRow(ExecutionContext context, IGraphType parent, GraphQLField node, FieldType field)
    {
        if (field == context.Schema.TypeNameMetaFieldType)
            return new TypeNameField(parent.Name);
        if (field.Resolver is not IRowResolver resolver)
            return null;
        var isNullable = field.ResolvedType is not NonNullGraphType;
        return Unwrap(field.ResolvedType!) switch
        {
            ScalarGraphType type => resolver.Scalar(type, isNullable),
            IObjectGraphType type => Plan(context, node.SelectionSet!, type) is { IsComplete: true } plan
                ? resolver.Object(plan, isNullable)
                : null,
            ListGraphType list when !isNullable && Unwrap(list.ResolvedType!) is IObjectGraphType type =>
                Plan(context, node.SelectionSet!, type) is { IsComplete: true } plan ? resolver.ObjectList(plan) : null,
            _ => null,
        };
    }

    private static IGraphType Unwrap(IGraphType type) =>
        type is NonNullGraphType { ResolvedType: { } inner } ? inner : type;
}
