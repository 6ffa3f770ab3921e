using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the values of enums.</summary>
internal static class EnumDiff
{
    public static void Compare(
        Changes changes, GraphQLEnumTypeDefinition? before, GraphQLEnumTypeDefinition after)
    {
        foreach (var (name, old, current) in Pairs.Of(before?.Values?.Items, after.Values?.Items))
            Compare(changes, $"{after.Name.StringValue}.{name}", old, current, before is null);
    }

    private static void Compare(
        Changes changes,
        string path,
        GraphQLEnumValueDefinition? before,
        GraphQLEnumValueDefinition? after,
        bool isNewType)
    {
        if (after is null)
        {
            changes.Breaking(
                path,
                $"The value {path} was removed.",
                "Requests that use it are refused. Deprecate it first, and keep accepting it.");
            return;
        }

        if (before is null && isNewType)
            changes.Safe(path, $"The value {path} was added.");
        else if (before is null)
        {
            changes.Dangerous(
                path, $"The value {path} was added.", "Clients may receive a value that they do not know.");
        }

        changes.Description(path, before, after);
        UsageDiff.Compare(changes, path, before?.Directives, after.Directives, before is null);
    }
}
