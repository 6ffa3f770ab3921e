using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Plans;

/// <summary>An object whose row fields are written from its row; only its other fields are nodes.</summary>
internal sealed class PlannedObject(
    ExecutionNode parent, IGraphType type, GraphQLField field, FieldType fieldType, int? index)
    : ObjectExecutionNode(parent, type, field, fieldType, index)
{
    /// <summary>Null if the row can't be written; then every field is a node.</summary>
    public SelectionPlan? Plan { get; set; }
}

/// <summary>A list of objects that are written from their rows, without a node per object.</summary>
internal sealed class PlannedList(
    ExecutionNode parent, ListGraphType type, GraphQLField field, FieldType fieldType, int? index)
    : ArrayExecutionNode(parent, type, field, fieldType, index)
{
    /// <summary>
    /// How to write the rows in <see cref="ArrayExecutionNode.SerializedResult"/>; null if they have nodes.
    /// </summary>
    public SelectionPlan? Plan { get; set; }

    /// <summary>The values that the plan has loaded for the rows.</summary>
    public LoadedValues Loaded { get; set; } = LoadedValues.None;
}
