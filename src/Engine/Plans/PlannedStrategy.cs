using System.Collections.Concurrent;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Equaticket.Engine.Plans;

/// <summary>
/// Executes one operation of a document without <c>@skip</c> or <c>@include</c>. The plan for each selection and type
/// is computed once and cached. Fields that depend only on their row get no node. A list of objects with only such
/// fields, and fields that are loaded for all of them at once, is one node. Everything else, and each row with a value
/// that can't be written, uses GraphQL.NET's default execution.
/// </summary>
internal sealed class PlannedStrategy : SerialExecutionStrategy
{
    private readonly ConcurrentDictionary<(GraphQLSelectionSet Selection, IGraphType Type), SelectionPlan> _plans =
        new();

    /// <returns>The plan of the object that a field returns; null if the operation isn't planned.</returns>
    public static SelectionPlan? PlanOf(IResolveFieldContext context) =>
        context is { ExecutionContext: ExecutionContext execution, FieldAst.SelectionSet: { } selection }
        && execution.ExecutionStrategy is PlannedStrategy strategy
            ? strategy.Plan(execution, selection, Unwrap(context.FieldDefinition.ResolvedType!))
            : null;

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

    protected override async Task SetArrayItemNodesAsync(ExecutionContext context, ArrayExecutionNode parent)
    {
        var type = Unwrap(((ListGraphType)parent.GraphType).ResolvedType!);
        if (type is IObjectGraphType && parent.Result is IReadOnlyList<object> rows
            && Plan(context, parent.Field.SelectionSet!, type) is { IsLoadable: true } plan
            && await LoadAsync(context, parent, type, plan, rows) is { } loaded && plan.AcceptsAll(rows, loaded))
        {
            (((PlannedList)parent).Plan, ((PlannedList)parent).Loaded) = (plan, loaded);
            parent.SerializedResult = rows;
        }
        else
        {
            await base.SetArrayItemNodesAsync(context, parent);
        }
    }

    /// <returns>
    /// The loaded values; null if loading failed. The loader then fails with the same error for each row.
    /// </returns>
    private async Task<LoadedValues?> LoadAsync(
        ExecutionContext context,
        ArrayExecutionNode list,
        IGraphType type,
        SelectionPlan plan,
        IReadOnlyList<object> rows)
    {
        if (plan.IsComplete)
            return LoadedValues.None;
        var loaded = new LoadedValues();
        var item = BuildExecutionNode(list, type, list.Field, list.FieldDefinition, 0);
        try
        {
            await plan.LoadAsync(
                rows,
                field => new ReadonlyResolveFieldContext(Node(context, item, field), context),
                loaded);
            return loaded;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private ExecutionNode[] Nodes(
        ExecutionContext context, ObjectExecutionNode parent, IReadOnlyList<SelectedField> fields)
    {
        if (fields.Count == 0)
            return [];
        var nodes = new ExecutionNode[fields.Count];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = Node(context, parent, fields[i]);
        return nodes;
    }

    private ExecutionNode Node(ExecutionContext context, ExecutionNode parent, SelectedField field)
    {
        if (field.Node != field.Source)
            CopyArguments(context, field);
        return BuildExecutionNode(parent, field.Type.ResolvedType!, field.Node, field.Type);
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
        new([.. CollectFieldsFrom(context, type, selection, null).Select(pair =>
        {
            var (node, field) = pair.Value;
            var inList = InList(context, type, node, field);
            var ofRow = inList is IBatchField or { Plan.IsComplete: false } ? null : inList;
            var members = RowMembers.Of(field, inList);
            return new SelectedField(pair.Key, node, SourceOf(context, node), field, ofRow, inList, members);
        })]);

    private static GraphQLField SourceOf(ExecutionContext context, GraphQLField field)
    {
        if (context.ArgumentValues is not { } all || !all.TryGetValue(field, out var values))
            return field;
        return all.First(pair => ReferenceEquals(pair.Value, values)).Key;
    }

    private RowField? InList(ExecutionContext context, IGraphType parent, GraphQLField node, FieldType field)
    {
        if (field == context.Schema.TypeNameMetaFieldType)
            return new TypeNameField(parent.Name);
        var isNullable = field.ResolvedType is not NonNullGraphType;
        return (field.Resolver, Unwrap(field.ResolvedType!)) switch
        {
            (IRowResolver row, ScalarGraphType type) => row.Scalar(type, isNullable),
            (IRowResolver row, ListGraphType { ResolvedType: NonNullGraphType { ResolvedType: ScalarGraphType item } }) =>
                row.ScalarList(item, isNullable),
            (IObjectResolver row, IObjectGraphType type) when Loadable(type) is { } plan =>
                row.Object(plan, isNullable),
            (IObjectResolver row, ListGraphType list) when !isNullable && LoadableItem(list) is { } plan =>
                row.Object(plan, isNullable),
            _ => null,
        };

        SelectionPlan? Loadable(IObjectGraphType type) =>
            Plan(context, node.SelectionSet!, type) is { IsLoadable: true } plan ? plan : null;

        SelectionPlan? LoadableItem(ListGraphType list) =>
            Unwrap(list.ResolvedType!) is IObjectGraphType type ? Loadable(type) : null;
    }

    private static IGraphType Unwrap(IGraphType type) =>
        type is NonNullGraphType { ResolvedType: { } inner } ? inner : type;
}
