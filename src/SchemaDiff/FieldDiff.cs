using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the fields of objects and interfaces, and their arguments.</summary>
internal static class FieldDiff
{
    public static void Compare(
        Changes changes,
        GraphQLTypeDefinition type,
        GraphQLFieldsDefinition? before,
        GraphQLFieldsDefinition? after)
    {
        foreach (var (name, old, current) in Pairs.Of(before?.Items, after?.Items))
            Compare(changes, $"{type.Name.StringValue}.{name}", old, current);
    }

    private static void Compare(
        Changes changes, string path, GraphQLFieldDefinition? before, GraphQLFieldDefinition? after)
    {
        if (after is null)
        {
            changes.Breaking(
                path,
                $"The field {path} was removed.",
                "Documents that select it become invalid. Deprecate it first, and check who uses it.");
            return;
        }

        if (before is null)
            changes.Safe(path, $"The field {path} was added.");
        else
            CompareType(changes, path, before, after);
        changes.Description(path, before, after);
        foreach (var (name, old, current) in Pairs.Of(before?.Arguments?.Items, after.Arguments?.Items))
            CompareArgument(changes, $"{path}.{name}", old, current, before is null);
        UsageDiff.Compare(changes, path, before?.Directives, after.Directives, before is null);
    }

    private static void CompareType(
        Changes changes, string path, GraphQLFieldDefinition before, GraphQLFieldDefinition after)
    {
        var (was, now) = (before.Type.Text(), after.Type.Text());
        if (was == now)
            return;
        var message = $"The type of {path} changed from {was} to {now}.";
        if (TypeReferences.IsSafeForOutput(before.Type, after.Type))
            changes.Safe(path, message);
        else
        {
            changes.Breaking(
                path, message, "Clients expect the old type. Add a field with another name.");
        }
    }

    private static void CompareArgument(
        Changes changes,
        string path,
        GraphQLInputValueDefinition? before,
        GraphQLInputValueDefinition? after,
        bool isNewField)
    {
        if (after is null)
        {
            changes.Breaking(
                path, $"The argument {path} was removed.", "Documents that pass it become invalid. Keep it.");
            return;
        }

        if (before is null)
            Added(changes, path, after, isNewField);
        else
            InputDiff.CompareValue(changes, path, before, after);
        UsageDiff.Compare(changes, path, before?.Directives, after.Directives, before is null);
    }

    private static void Added(
        Changes changes, string path, GraphQLInputValueDefinition argument, bool isNewField)
    {
        var message = $"The argument {path}: {argument.Type.Text()} was added.";
        if (isNewField)
            changes.Safe(path, message);
        else if (argument is { Type: GraphQLNonNullType, DefaultValue: null })
        {
            changes.Breaking(
                path, message, "Documents that omit it become invalid. Make it nullable, or add a default.");
        }
        else
        {
            changes.Dangerous(
                path, message, "Make sure that omitting it keeps the previous behavior.");
        }
    }
}
