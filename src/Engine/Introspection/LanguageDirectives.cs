using GraphQLParser.AST;

namespace Equaticket.Engine.Introspection;

/// <summary>The directives of the GraphQL specification, which hold also where no schema defines them.</summary>
public static class LanguageDirectives
{
    private static readonly string[] Names =
        ["deprecated", "include", OneOfDirective.DirectiveName, "skip", SpecifiedByDirective.DirectiveName];

    /// <summary>Whether a schema defines one of them.</summary>
    public static bool IsDefinition(ASTNode node) =>
        node is GraphQLDirectiveDefinition directive && Names.Contains(directive.Name.StringValue);
}
