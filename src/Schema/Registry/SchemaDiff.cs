using Equaticket.Schema.Errors;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Equaticket.Schema.Registry;

/// <summary>
/// Tells in what two schemas differ, and what each difference means to clients. It judges as
/// <c>@graphql-inspector/core</c> does.
/// </summary>
public static class SchemaDiff
{
    private static readonly OperationType[] Roots =
        [OperationType.Query, OperationType.Mutation, OperationType.Subscription];

    /// <param name="before">The schema that clients were written for, in GraphQL's language.</param>
    /// <param name="after">The schema that they meet.</param>
    /// <exception cref="ApiError">One of them is no schema.</exception>
    public static IReadOnlyList<SchemaChange> Compare(string before, string after)
    {
        var (old, current) = (Parse(before, "old"), Parse(after, "new"));
        var changes = new Changes();
        DirectiveDiff.Compare(changes, old, current);
        CompareRoots(changes, old, current);
        foreach (var (left, right) in Pairs.Of(Types(old), Types(current), type => type.Name.StringValue))
            TypeDiff.Compare(changes, left, right);
        return changes.All;
    }

    private static GraphQLDocument Parse(string text, string which)
    {
        try
        {
            var document = Parser.Parse(text, new ParserOptions { Ignore = IgnoreOptions.Comments });
            return document.Definitions.Find(node => !IsSupported(node)) is { } other
                ? throw ApiError.Validation(
                    null, $"The {which} schema holds a {other.Kind}. Give plain definitions only.")
                : document;
        }
        catch (GraphQLParserException fault)
        {
            throw ApiError.Validation(
                null,
                $"The {which} schema is broken in line {fault.Location.Line}, "
                + $"column {fault.Location.Column}: {fault.Description}");
        }
    }

    private static bool IsSupported(ASTNode node) =>
        node is GraphQLTypeDefinition or GraphQLSchemaDefinition;

    /// <remarks>To the parser a directive is a kind of type.</remarks>
    private static IEnumerable<GraphQLTypeDefinition> Types(GraphQLDocument schema) =>
        schema.Definitions.OfType<GraphQLTypeDefinition>()
            .Where(type => type is not GraphQLDirectiveDefinition);

    private static void CompareRoots(Changes changes, GraphQLDocument before, GraphQLDocument after)
    {
        foreach (var root in Roots)
        {
            var path = $"schema.{root.ToString().ToLowerInvariant()}";
            var (old, current) = (RootName(before, root), RootName(after, root));
            if (old is null && current is not null)
                changes.Safe(path, $"The schema has a root type for {root} now, {current}.");
            else if (old != current)
            {
                changes.Breaking(
                    path,
                    $"The root type for {root} was {old} and is {current ?? "gone"}.",
                    "Every operation of that kind starts there. Keep its name.");
            }
        }

        UsageDiff.Compare(
            changes, "", Definition(before)?.Directives, Definition(after)?.Directives, isNew: false);
    }

    private static GraphQLSchemaDefinition? Definition(GraphQLDocument schema) =>
        schema.Definitions.OfType<GraphQLSchemaDefinition>().FirstOrDefault();

    /// <summary>Without a definition of the schema, the root types bear the names of their kinds.</summary>
    private static string? RootName(GraphQLDocument schema, OperationType root) =>
        Definition(schema) is { } definition
            ? definition.OperationTypes.Find(type => type.Operation == root)?.Type?.Name.StringValue
            : Types(schema).FirstOrDefault(type => type.Name.Value == root.ToString())?.Name.StringValue;
}
