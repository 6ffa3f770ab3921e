using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Equaticket.Schema;

/// <summary>The schema in GraphQL's language, always in the same order.</summary>
public static class SchemaText
{
    public static string Print(ISchema schema) => schema.Print(new PrintOptions
    {
        StringComparison = StringComparison.Ordinal,
        IncludeDescriptions = true,
        IncludeDeprecationReasons = true,
    }).TrimEnd() + "\n";
}
