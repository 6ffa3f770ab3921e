using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>A route, with the information from its operation and the schema.</summary>
internal sealed class RouteFacts(RestOperation operation, ISchema schema)
{
    public RestOperation Operation { get; } = operation;

    public string Method => Operation.Route.Method;

    public IReadOnlyList<OperationInput> Inputs { get; } = OperationInput.All(operation, schema);

    public OperationResult Result { get; } = OperationResult.Of(operation, schema);

    public string Description => Wording.Of(Result.Field.Description);

    /// <summary>
    /// A short summary of the route. The description of a non-root field describes its value, not
    /// the request, so the summary is the operation's name instead.
    /// </summary>
    public string Summary => Result.IsRoot
        ? Wording.FirstSentence(Description)
        : Wording.Words(Operation.Route.Operation);

    /// <summary>Single resources have an entity tag; lists have one only if all callers share them.</summary>
    public bool HasETag =>
        Operation.Route.HasBody && (Result.Items is null || Operation.Route.IsPublic);

    public bool MayBeNotModified => Method == "GET" && HasETag;

    public IEnumerable<OperationInput> InputsFrom(VariableSource source) =>
        Inputs.Where(input => input.Variable.Source == source);
}

/// <summary>An input of a route, with its information from the schema.</summary>
/// <param name="Variable">Its name, its source in the request, and whether it is required.</param>
/// <param name="Type">The type of the variable.</param>
/// <param name="Target">The argument or input field it fills.</param>
internal sealed record OperationInput(BoundVariable Variable, IGraphType Type, InputTarget Target)
{
    public string Description => Wording.Of(Target.Description);

    public static IReadOnlyList<OperationInput> All(RestOperation operation, ISchema schema)
    {
        var targets = InputTarget.All(operation.Operation, schema);
        var types = (operation.Operation.Definition.Variables?.Items ?? [])
            .Select(variable => variable.Type.GraphTypeFromType(schema)!);
        return
        [
            .. operation.Binder.Variables.Zip(types, (variable, type) =>
                new OperationInput(variable, type, targets[variable.Name])),
        ];
    }
}

/// <summary>The target of a variable: an argument or a field of an input object.</summary>
/// <param name="Name">The name in the schema.</param>
/// <param name="Description">Its description in the schema.</param>
/// <param name="Rules">The node with the directives that restrict it.</param>
/// <param name="Parent">The input object; null for an argument.</param>
internal sealed record InputTarget(
    string Name, string? Description, IMetadataReader Rules, IInputObjectGraphType? Parent)
{
    /// <returns>The targets, by variable name.</returns>
    public static Dictionary<string, InputTarget> All(Operation operation, ISchema schema)
    {
        var targets = new Dictionary<string, InputTarget>();
        IObjectGraphType root = operation.IsMutation ? schema.Mutation! : schema.Query;
        Collect(operation.Definition.SelectionSet, root, targets);
        return targets;
    }

    private static void Collect(
        GraphQLSelectionSet? selections,
        IComplexGraphType parent,
        Dictionary<string, InputTarget> targets)
    {
        foreach (var field in (selections?.Selections ?? []).OfType<GraphQLField>())
        {
            var definition = parent.Fields.Find(field.Name.Value)!;
            foreach (var given in field.Arguments?.Items ?? [])
            {
                var argument = definition.Arguments!.Find(given.Name.Value)!;
                var target = new InputTarget(argument.Name, argument.Description, argument, null);
                Collect(given.Value, target, argument.ResolvedType!, targets);
            }

            if (definition.ResolvedType!.GetNamedType() is IComplexGraphType type)
                Collect(field.SelectionSet, type, targets);
        }
    }

    private static void Collect(
        GraphQLValue value,
        InputTarget target,
        IGraphType type,
        Dictionary<string, InputTarget> targets)
    {
        if (value is GraphQLVariable variable)
            targets[variable.Name.StringValue] = target;
        if (value is not GraphQLObjectValue given)
            return;
        var input = (IInputObjectGraphType)type.GetNamedType();
        foreach (var member in given.Fields ?? [])
        {
            var field = input.Fields.Find(member.Name.Value)!;
            var inner = new InputTarget(field.Name, field.Description, field, input);
            Collect(member.Value, inner, field.ResolvedType!, targets);
        }
    }
}
