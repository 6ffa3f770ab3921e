using Equaticket.Engine.Errors;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Equaticket.SchemaDiff;

/// <summary>Reads a schema in SDL, or explains why it is invalid.</summary>
/// <param name="which">"old" or "new".</param>
internal sealed class SchemaReader(string which)
{
    /// <returns>The definitions, merged with type extensions.</returns>
    /// <exception cref="ApiError">The text is not a valid schema.</exception>
    public GraphQLDocument Read(string text)
    {
        var schema = Parse(text);
        if (schema.Definitions.Count == 0)
            throw Refusal("is empty. Provide one in the GraphQL schema language.");
        if (schema.Definitions.Find(node => !IsSupported(node)) is { } other)
            throw Refusal($"contains a {other.Kind}. Only definitions and extensions are allowed.");
        if (ExtensionMerging.Merge(schema) is { } baseless)
        {
            throw Refusal(
                $"extends {baseless.Name.StringValue} at line {Line(text, baseless)}, but does not define it "
                + "as a type of the same kind. Add its definition, or remove the extension.");
        }

        return Duplicates.Find(schema) is { } duplicate
            ? throw Refusal(
                $"has {duplicate.Path} twice, the second time at line {Line(text, duplicate.Node)}. Keep one of them.")
            : schema;
    }

    /// <remarks>The parser's model treats directives as types.</remarks>
    public static IEnumerable<GraphQLTypeDefinition> Types(GraphQLDocument schema) =>
        schema.Definitions.OfType<GraphQLTypeDefinition>()
            .Where(type => type is not GraphQLDirectiveDefinition);

    private GraphQLDocument Parse(string text)
    {
        try
        {
            return Parser.Parse(text, new ParserOptions { Ignore = IgnoreOptions.Comments });
        }
        catch (GraphQLParserException fault)
        {
            throw Refusal(
                $"is invalid at line {fault.Location.Line}, column {fault.Location.Column}: {fault.Description}");
        }
    }

    private ApiError Refusal(string fault) => ApiError.Validation(null, $"The {which} schema {fault}");

    /// <summary>The line of the node's name, which follows its description.</summary>
    private static int Line(string text, ASTNode node) =>
        Location.FromLinearPosition(text, ((node as INamedNode)?.Name ?? node).Location.Start).Line;

    private static bool IsSupported(ASTNode node) =>
        node is GraphQLTypeDefinition or GraphQLTypeExtension
            or GraphQLSchemaDefinition or GraphQLSchemaExtension;
}
