using GraphQL;
using GraphQL.Types;
using GraphQLParser.Visitors;

namespace Equaticket.Engine.Introspection;

/// <summary>The schema in SDL, in a stable order.</summary>
public static class SchemaText
{
    public static string Print(ISchema schema)
    {
        var document = schema.ToAST();
        document.Definitions.RemoveAll(LanguageDirectives.IsDefinition);
        SDLSorter.Sort(document, new SDLSorterOptions(StringComparison.Ordinal));
        return new SDLPrinter().Print(document).TrimEnd() + "\n";
    }
}
