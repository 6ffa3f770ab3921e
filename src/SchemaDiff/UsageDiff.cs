using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the directives on a member of the schema.</summary>
internal static class UsageDiff
{
    private const string OneOf = "oneOf";
    private const string Deprecated = "deprecated";

    /// <param name="changes">Collects the differences.</param>
    /// <param name="member">The path of the member; empty for the schema itself.</param>
    /// <param name="before">Its directives before.</param>
    /// <param name="after">Its directives now.</param>
    /// <param name="isNew">Whether the member itself was added.</param>
    public static void Compare(
        Changes changes,
        string member,
        GraphQLDirectives? before,
        GraphQLDirectives? after,
        bool isNew)
    {
        foreach (var (_, old, current) in Pairs.Of(Numbered(before), Numbered(after), usage => usage.Key))
            Compare(changes, member, old, current, isNew);
    }

    /// <summary>Identifies a repeated directive by its position among those with the same name.</summary>
    private static IEnumerable<Usage> Numbered(GraphQLDirectives? directives) =>
        (directives?.Items ?? [])
            .GroupBy(directive => directive.Name.StringValue)
            .SelectMany(group => group.Select(
                (directive, index) => new Usage($"{group.Key} {index}", directive)));

    private static void Compare(
        Changes changes, string member, Usage? before, Usage? after, bool isNew)
    {
        var name = (after ?? before)!.Directive.Name.StringValue;
        var path = $"{member}.@{name}";
        if (after is null)
            Removed(changes, path, name);
        else if (before is null)
            Added(changes, path, name, isNew);
        if (after is not null)
            CompareArguments(changes, path, before?.Directive, after.Directive);
    }

    private static void Added(Changes changes, string path, string name, bool isNew)
    {
        var message = $"{path} was added.";
        if (isNew || name == Deprecated)
            changes.Safe(path, message);
        else if (name == OneOf)
        {
            changes.Breaking(
                path, message, "Inputs with several fields are now refused. Add a new input type.");
        }
        else
        {
            changes.Dangerous(
                path, message, "It may require more, or refuse what was accepted. See its definition.");
        }
    }

    private static void Removed(Changes changes, string path, string name)
    {
        if (name is Deprecated or OneOf)
            changes.Safe(path, $"{path} was removed.");
        else
        {
            changes.Dangerous(
                path, $"{path} was removed.", "Its rule is no longer enforced. See its definition.");
        }
    }

    private static void CompareArguments(
        Changes changes, string path, GraphQLDirective? before, GraphQLDirective after)
    {
        foreach (var (name, old, current) in Pairs.Of(before?.Arguments?.Items, after.Arguments?.Items))
        {
            var (was, now) = (old?.Value.Text() ?? "left out", current?.Value.Text() ?? "left out");
            var argument = $"{path}.{name}";
            if (was == now)
                continue;
            if (old is null)
                changes.Safe(argument, $"{argument} is {now}.");
            else
            {
                changes.Dangerous(
                    argument,
                    $"{argument} changed from {was} to {now}.",
                    "The field may behave differently. Check that clients can handle it.");
            }
        }
    }

    private sealed record Usage(string Key, GraphQLDirective Directive);
}
