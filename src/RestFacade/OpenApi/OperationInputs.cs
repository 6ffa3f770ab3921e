using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>What a caller gives, with all that the schema says about it.</summary>
/// <param name="Variable">Its name, its place in the request, and whether it must be given.</param>
/// <param name="Type">The type of the variable.</param>
/// <param name="Target">What it fills.</param>
internal sealed record OperationInput(BoundVariable Variable, IGraphType Type, InputTarget Target)
{
    public string Description => RestWording.Of(Target.Description);
}

internal static class OperationInputs
{
    public static IReadOnlyList<OperationInput> Of(RestOperation operation, ISchema schema)
    {
        var targets = InputTargets.Of(operation.Operation, schema);
        var types = (operation.Operation.Definition.Variables?.Items ?? [])
            .Select(variable => variable.Type.GraphTypeFromType(schema)!);
        return
        [
            .. operation.Binder.Variables.Zip(types, (variable, type) =>
                new OperationInput(variable, type, targets[variable.Name])),
        ];
    }

    public static IEnumerable<OperationInput> From(
        this IEnumerable<OperationInput> inputs, VariableSource source) =>
        inputs.Where(input => input.Variable.Source == source);
}
