using Equaticket.Engine.Introspection;
using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the definitions of directives.</summary>
internal static class DirectiveDiff
{
    public static void Compare(Changes changes, GraphQLDocument before, GraphQLDocument after)
    {
        foreach (var (name, old, current) in Pairs.Of(Of(before), Of(after)))
            Compare(changes, $"@{name}", old, current);
    }

    private static IEnumerable<GraphQLDirectiveDefinition> Of(GraphQLDocument schema) =>
        schema.Definitions.Where(definition => !LanguageDirectives.IsDefinition(definition))
            .OfType<GraphQLDirectiveDefinition>();

    private static void Compare(
        Changes changes, string path, GraphQLDirectiveDefinition? before, GraphQLDirectiveDefinition? after)
    {
        if (after is null)
        {
            changes.Breaking(
                path, $"The directive {path} was removed.", "Clients may use it. Keep its definition.");
            return;
        }

        if (before is null)
            changes.Safe(path, $"The directive {path} was added.");
        changes.Description(path, before, after);
        CompareRepeatable(changes, path, before, after);
        CompareLocations(changes, path, before, after);
        foreach (var (_, old, current) in Pairs.Of(before?.Arguments?.Items, after.Arguments?.Items))
            CompareArgument(changes, path, old, current, before is null);
    }

    private static void CompareRepeatable(
        Changes changes,
        string path,
        GraphQLDirectiveDefinition? before,
        GraphQLDirectiveDefinition after)
    {
        if (after.Repeatable && before is not { Repeatable: true })
            changes.Safe(path, $"{path} can now be repeated.");
        else if (before is { Repeatable: true } && !after.Repeatable)
        {
            changes.Dangerous(
                path, $"{path} can no longer be repeated.", "Documents that repeat it become invalid.");
        }
    }

    private static void CompareLocations(
        Changes changes,
        string path,
        GraphQLDirectiveDefinition? before,
        GraphQLDirectiveDefinition after)
    {
        var old = before?.Locations.Items ?? [];
        foreach (var location in after.Locations.Items.Except(old))
            changes.Safe(path, $"{path} can now be used on {location}.");
        foreach (var location in old.Except(after.Locations.Items))
        {
            changes.Breaking(
                path,
                $"{path} can no longer be used on {location}.",
                "Documents that use it there become invalid. Keep the location.");
        }
    }

    private static void CompareArgument(
        Changes changes,
        string directive,
        GraphQLInputValueDefinition? before,
        GraphQLInputValueDefinition? after,
        bool isNew)
    {
        var path = $"{directive}.{(after ?? before)!.Name.StringValue}";
        if (after is null)
        {
            changes.Breaking(
                path, $"The argument {path} was removed.", "Clients may pass it. Keep accepting it.");
        }
        else if (before is not null)
        {
            InputDiff.CompareValue(changes, path, before, after);
        }
        else if (after.Type is GraphQLNonNullType && !isNew)
        {
            changes.Breaking(
                directive,
                $"The required argument {path} was added.",
                "Documents that omit it become invalid. Make it nullable.");
        }
        else
        {
            changes.Safe(directive, $"The argument {path} was added.");
        }
    }
}
