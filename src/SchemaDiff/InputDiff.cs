using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares input types, and the values of input fields and arguments.</summary>
internal static class InputDiff
{
    public static void Compare(
        Changes changes,
        GraphQLInputObjectTypeDefinition? before,
        GraphQLInputObjectTypeDefinition after)
    {
        foreach (var (name, old, current) in Pairs.Of(before?.Fields?.Items, after.Fields?.Items))
            CompareField(changes, $"{after.Name.StringValue}.{name}", old, current, before is null);
    }

    /// <summary>Compares type, default value, and description of an input that is in both schemas.</summary>
    public static void CompareValue(
        Changes changes,
        string path,
        GraphQLInputValueDefinition before,
        GraphQLInputValueDefinition after)
    {
        changes.Description(path, before, after);
        CompareDefault(changes, path, before, after);
        var (was, now) = (before.Type.Text(), after.Type.Text());
        if (was == now)
            return;
        var message = $"The type of {path} changed from {was} to {now}.";
        if (TypeReferences.IsSafeForInput(before.Type, after.Type))
            changes.Safe(path, message);
        else
        {
            changes.Breaking(
                path, message, "Values that were accepted are now refused. Add an input with another name.");
        }
    }

    private static void CompareDefault(
        Changes changes,
        string path,
        GraphQLInputValueDefinition before,
        GraphQLInputValueDefinition after)
    {
        if (changes.HasSameDefault(before, after))
            return;
        var (was, now) = (before.DefaultValue.Text(), after.DefaultValue.Text());
        changes.Dangerous(
            path,
            was == now
                ? $"The default of {path}, {now}, has a different value because its type has changed."
                : $"The default of {path} changed from {(was.Length == 0 ? "none" : was)} to "
                    + $"{(now.Length == 0 ? "none" : now)}.",
            "Clients that omit it get a different result. Check that this is acceptable.");
    }

    private static void CompareField(
        Changes changes,
        string path,
        GraphQLInputValueDefinition? before,
        GraphQLInputValueDefinition? after,
        bool isNewType)
    {
        if (after is null)
        {
            changes.Breaking(
                path,
                $"The input field {path} was removed.",
                "Requests that use it are refused. Deprecate it first, and keep accepting it.");
            return;
        }

        if (before is null)
            Added(changes, path, after, isNewType);
        else
            CompareValue(changes, path, before, after);
        UsageDiff.Compare(changes, path, before?.Directives, after.Directives, before is null);
    }

    private static void Added(
        Changes changes, string path, GraphQLInputValueDefinition field, bool isNewType)
    {
        var message = $"The input field {path}: {field.Type.Text()} was added.";
        if (isNewType || field is { Type: not GraphQLNonNullType, DefaultValue: null })
            changes.Safe(path, message);
        else if (field.DefaultValue is null)
        {
            changes.Breaking(
                path, message, "Requests that omit it are refused. Make it nullable, or add a default.");
        }
        else
        {
            changes.Dangerous(
                path, message, "Make sure that its default keeps the previous behavior.");
        }
    }
}
