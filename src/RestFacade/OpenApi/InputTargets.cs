using Equaticket.Engine.Execution;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>What a variable of an operation fills: an argument, or a field of an input object.</summary>
/// <param name="Name">The name in the schema.</param>
/// <param name="Description">What integrators read about it.</param>
/// <param name="Rules">Has the directives that say what is allowed.</param>
/// <param name="Parent">The input object; null for an argument.</param>
internal sealed record InputTarget(
    string Name, string? Description, IMetadataReader Rules, IInputObjectGraphType? Parent);

/// <summary>Finds what each variable of an operation fills.</summary>
internal static class InputTargets
{
    public static IReadOnlyDictionary<string, InputTarget> Of(Operation operation, ISchema schema)
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
