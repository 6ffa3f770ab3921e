using Equaticket.Engine.Access;
using Equaticket.Engine.Execution;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Cost;

/// <summary>Adds up the cost of one operation. Fields that merge during execution count once.</summary>
public sealed class CostWalk(
    ISchema schema,
    IReadOnlyDictionary<FieldType, FieldCost> costs,
    Operation operation,
    IReadOnlyDictionary<string, object?> variables)
{
    private double _cost;
    private double _values;
    private (string Path, double Cost) _dearest = ("", 0);
    private (string Path, double Values) _widest = ("", 0);

    /// <summary>Whether the walk has read no variable so far.</summary>
    public bool IsFixed { get; private set; } = true;

    public CostEstimate Run()
    {
        var root = RootFields.TypeOf(schema, operation.Definition);
        Visit(root, [operation.Definition.SelectionSet], new Place("", 1));
        return new CostEstimate(_cost, _values, _dearest, _widest);
    }

    private void Visit(IGraphType? type, IEnumerable<GraphQLSelectionSet> selections, Place place)
    {
        var fields = new Dictionary<(string, FieldType), List<GraphQLField>>();
        foreach (var selection in selections)
            Collect(type, selection, fields);
        var leaves = 0;
        foreach (var ((key, definition), nodes) in fields)
        {
            var cost = costs[definition];
            if (cost.IsLeaf)
                leaves++;
            VisitField(cost, definition, nodes, place.Below(key));
        }

        var values = leaves * place.Times;
        _values += values;
        if (values > _widest.Values)
            _widest = (place.Path, values);
    }

    private void VisitField(
        FieldCost cost, FieldType definition, List<GraphQLField> nodes, Place place)
    {
        var size = SizeOf(cost, nodes[0]);
        var times = place.Times * place.SizeOf(definition.Name, cost.IsList ? size : 1);
        _cost += cost.Weight * times;
        if (cost.Weight * times > _dearest.Cost)
            _dearest = (place.Path, cost.Weight * times);
        if (cost.IsLeaf)
            return;
        Visit(
            definition.ResolvedType!.GetNamedType(),
            nodes.Select(node => node.SelectionSet).OfType<GraphQLSelectionSet>(),
            new Place(place.Path, times) { Sized = cost.Sized, Size = size });
    }

    /// <summary>Gathers the fields that an object of the type returns, merged as during execution.</summary>
    private void Collect(
        IGraphType? type,
        GraphQLSelectionSet? selections,
        Dictionary<(string, FieldType), List<GraphQLField>> fields)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (!Selection.IsIncluded(selection, operation.Definition, variables))
                continue;
            if (selection is GraphQLInlineFragment inline)
                Collect(TypeOf(inline.TypeCondition) ?? type, inline.SelectionSet, fields);
            else if (selection is GraphQLFragmentSpread spread
                && operation.Document.FindFragmentDefinition(spread.FragmentName.Name.Value) is { } fragment)
                Collect(TypeOf(fragment.TypeCondition), fragment.SelectionSet, fields);
            else if (selection is GraphQLField field && Find(type, field) is { } definition)
                Add(fields, ((field.Alias ?? (INamedNode)field).Name.StringValue, definition), field);
        }
    }

    private static void Add(
        Dictionary<(string, FieldType), List<GraphQLField>> fields,
        (string, FieldType) key,
        GraphQLField field)
    {
        if (fields.TryGetValue(key, out var merged))
            merged.Add(field);
        else
            fields.Add(key, [field]);
    }

    /// <summary><c>__typename</c> exists on every type and costs nothing.</summary>
    private FieldType? Find(IGraphType? parent, GraphQLField field) => field.Name.StringValue switch
    {
        "__schema" => schema.SchemaMetaFieldType,
        "__type" => schema.TypeMetaFieldType,
        _ => (parent as IComplexGraphType)?.Fields.Find(field.Name.Value),
    };

    private IGraphType? TypeOf(GraphQLTypeCondition? condition) =>
        condition is null ? null : schema.AllTypes[condition.Type.Name.Value];

    private double SizeOf(FieldCost cost, GraphQLField field)
    {
        foreach (var (name, max) in cost.Slicing)
        {
            var argument = field.Arguments?.Items.Find(given => given.Name.Value == name);
            if (argument is not null && SizeOf(argument.Value) is { } size)
                return Math.Clamp(size, 0, max);
        }

        return cost.AssumedSize;
    }

    /// <returns>The size that a slicing argument requests; null if it is null or omitted.</returns>
    private double? SizeOf(GraphQLValue value) => value switch
    {
        GraphQLIntValue number => double.Parse(number.Value.Span),
        GraphQLListValue list => list.Values?.Count ?? 0,
        GraphQLVariable variable => SizeOf(variable),
        _ => null,
    };

    private double? SizeOf(GraphQLVariable variable)
    {
        IsFixed = false;
        if (variables.TryGetValue(variable.Name.StringValue, out var given))
        {
            return given switch
            {
                int number => number,
                long number => number,
                System.Collections.ICollection list => list.Count,
                _ => null,
            };
        }

        var definition = operation.Definition.Variables?.Items
            .Find(defined => defined.Variable.Name.Value == variable.Name.Value);
        return definition?.DefaultValue is { } standard ? SizeOf(standard) : null;
    }

    /// <summary>A position in the walk.</summary>
    /// <param name="Path">The response keys that lead to it.</param>
    /// <param name="Times">The maximum number of objects here.</param>
    private readonly record struct Place(string Path, double Times)
    {
        /// <summary>The direct subfields whose length is <see cref="Size"/>.</summary>
        public IReadOnlyList<string> Sized { get; init; } = [];

        public double Size { get; init; } = 1;

        public Place Below(string key) =>
            this with { Path = Path.Length == 0 ? key : $"{Path}.{key}" };

        public double SizeOf(string field, double own) => Sized.Contains(field) ? Size : own;
    }
}
