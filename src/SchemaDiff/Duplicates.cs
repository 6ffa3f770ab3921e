using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Finds duplicate definitions.</summary>
internal static class Duplicates
{
    /// <returns>The first node with a duplicate name, with its path; null if all names are unique.</returns>
    public static (string Path, ASTNode Node)? Find(GraphQLDocument schema) => Find(schema, "");

    private static (string Path, ASTNode Node)? Find(ASTNode parent, string prefix)
    {
        foreach (var list in Lists(parent))
        {
            var taken = new HashSet<string>();
            foreach (var node in list ?? [])
            {
                var path = prefix + Name(node);
                if (!taken.Add(path))
                    return (path, node);
                if (Find(node, $"{path}.") is { } duplicate)
                    return duplicate;
            }
        }

        // A directive may be repeated, but its arguments may not.
        return ((parent as IHasDirectivesNode)?.Directives?.Items ?? [])
            .Select(usage => Find(usage, $"{prefix}{Name(usage)}."))
            .FirstOrDefault(duplicate => duplicate is not null);
    }

    private static IEnumerable<IEnumerable<ASTNode>?> Lists(ASTNode node) => node switch
    {
        GraphQLDocument schema => [
            schema.Definitions.Where(definition => definition is not GraphQLSchemaExtension),
            RootDiff.Of(schema),
            .. schema.Definitions.OfType<GraphQLSchemaExtension>().Select(extension => new[] { extension })],
        GraphQLObjectTypeDefinition type => [type.Interfaces?.Items, type.Fields?.Items],
        GraphQLInterfaceTypeDefinition type => [type.Interfaces?.Items, type.Fields?.Items],
        GraphQLInputObjectTypeDefinition type => [type.Fields?.Items],
        GraphQLEnumTypeDefinition type => [type.Values?.Items],
        GraphQLUnionTypeDefinition type => [type.Types?.Items],
        GraphQLDirectiveDefinition directive => [directive.Arguments?.Items],
        GraphQLFieldDefinition field => [field.Arguments?.Items],
        GraphQLDirective usage => [usage.Arguments?.Items],
        _ => [],
    };

    private static string Name(ASTNode node) => node switch
    {
        GraphQLSchemaDefinition or GraphQLSchemaExtension => "schema",
        GraphQLRootOperationTypeDefinition root => RootDiff.Path(root.Operation),
        GraphQLDirective usage => $"@{usage.Name.StringValue}",
        GraphQLDirectiveDefinition directive => $"@{directive.Name.StringValue}",
        INamedNode named => named.Name.StringValue,
        _ => "",
    };
}
