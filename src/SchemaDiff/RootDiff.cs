using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the schema definition: its root types and directives.</summary>
internal static class RootDiff
{
    private static readonly OperationType[] All =
        [OperationType.Query, OperationType.Mutation, OperationType.Subscription];

    public static void Compare(Changes changes, GraphQLDocument before, GraphQLDocument after)
    {
        foreach (var root in All)
        {
            var (old, current) = (Name(before, root), Name(after, root));
            if (old is null && current is not null)
                changes.Safe(Path(root), $"The root type for {root} was added: {current}.");
            else if (old != current)
            {
                changes.Breaking(
                    Path(root),
                    $"The root type for {root} changed from {old} to {current ?? "none"}.",
                    "All operations of this kind start there. Keep its name.");
            }
        }

        CompareUsages(changes, Definition(before)?.Directives, Definition(after)?.Directives);
        var (earlier, later) = (Extensions(before).ToList(), Extensions(after).ToList());
        for (var index = 0; index < Math.Max(earlier.Count, later.Count); index++)
        {
            CompareUsages(
                changes,
                earlier.ElementAtOrDefault(index)?.Directives,
                later.ElementAtOrDefault(index)?.Directives);
        }
    }

    /// <summary>The path of a root type's changes, such as <c>schema.query</c>.</summary>
    public static string Path(OperationType root) => $"schema.{root.ToString().ToLowerInvariant()}";

    /// <summary>The root types that the schema declares.</summary>
    public static IEnumerable<GraphQLRootOperationTypeDefinition> Of(GraphQLDocument schema) =>
    [
        .. Definition(schema)?.OperationTypes ?? [],
        .. Extensions(schema).SelectMany(extension => extension.OperationTypes ?? []),
    ];

    private static void CompareUsages(
        Changes changes, GraphQLDirectives? before, GraphQLDirectives? after) =>
        UsageDiff.Compare(changes, "", before, after, isNew: false);

    private static GraphQLSchemaDefinition? Definition(GraphQLDocument schema) =>
        schema.Definitions.OfType<GraphQLSchemaDefinition>().FirstOrDefault();

    private static IEnumerable<GraphQLSchemaExtension> Extensions(GraphQLDocument schema) =>
        schema.Definitions.OfType<GraphQLSchemaExtension>();

    /// <summary>Without a schema definition, the root types have their default names.</summary>
    private static string? Name(GraphQLDocument schema, OperationType root)
    {
        var named = Of(schema).FirstOrDefault(type => type.Operation == root)?.Type?.Name.StringValue;
        var implied = Definition(schema) is null
            ? SchemaReader.Types(schema).FirstOrDefault(type => type.Name.Value == root.ToString())
            : null;
        return implied?.Name.StringValue ?? named;
    }
}
