using Equaticket.Engine.Plans;
using GraphQL;
using GraphQL.Execution;

namespace Equaticket.Engine.Execution;

/// <summary>An object of an operation's result, from which endpoints build headers and envelopes.</summary>
public sealed class ResultObject
{
    private readonly SelectionPlan? _plan;
    private readonly object? _row;
    private readonly ExecutionNode[] _nodes;

    private ResultObject(SelectionPlan? plan, object? row, ExecutionNode[] nodes) =>
        (_plan, _row, _nodes) = (plan, row, nodes);

    /// <returns>The value of the operation's first root field; null if it is not an object.</returns>
    public static ResultObject? OfRoot(ExecutionResult result) => Of(((ObjectExecutionNode)result.Data!).SubFields![0]);

    /// <summary>The only selected field, if it is an object; otherwise null.</summary>
    public ResultObject? Only => _plan is null && _nodes is [var node] ? Of(node)
        : _plan is { Fields: [{ OfRow: null }] } ? Of(_nodes[0])
        : null;

    public bool Has(string key) => _plan is null ? Node(key) is not null : _plan.Find(key) is not null;

    /// <returns>A scalar, serialized by its type; null if it is null or not selected.</returns>
    public object? Value(string key) => RowField(key) is { } field
        ? field.Value(_row!, LoadedValues.None)
        : (Node(key) as ValueExecutionNode)?.Result;

    /// <returns>An object; null if it is null or not selected.</returns>
    public ResultObject? Child(string key) => RowField(key) is { Plan: { } plan } field
        ? field.Value(_row!, LoadedValues.None) is { } row ? new ResultObject(plan, row, []) : null
        : Node(key) is { } node ? Of(node) : null;

    /// <summary>Writes the value of a field.</summary>
    public void WriteValue(ResultJson json, string key)
    {
        if (RowField(key) is { } field)
            field.Write(json, _row!);
        else
            json.Write(Node(key)!);
    }

    /// <summary>Writes the fields of the object, without its braces.</summary>
    public void WriteFields(ResultJson json)
    {
        if (_plan is null)
            json.WriteFields(_nodes);
        else
            _plan.WriteFields(json, _row!, _nodes);
    }

    private static ResultObject? Of(ExecutionNode node) => node is ObjectExecutionNode { SubFields: { } nodes }
        ? new ResultObject((node as PlannedObject)?.Plan, node.Result, nodes)
        : null;

    private RowField? RowField(string key) => _plan?.Find(key)?.OfRow;

    private ExecutionNode? Node(string key) => Array.Find(_nodes, node => node.Name == key);
}
