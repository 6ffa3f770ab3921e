using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Merges the members declared by <c>extend type</c> and similar extensions into the extended types.</summary>
/// <remarks>
/// Ignores directives on type extensions, as <c>@graphql-inspector/core</c> does. Those on
/// <c>extend schema</c> are not merged, but are compared.
/// </remarks>
internal static class ExtensionMerging
{
    /// <returns>The first extension of an undefined type or a type of another kind; otherwise null.</returns>
    public static GraphQLTypeExtension? Merge(GraphQLDocument schema)
    {
        var types = SchemaReader.Types(schema).ToLookup(type => type.Name.StringValue);
        var baseless = schema.Definitions.OfType<GraphQLTypeExtension>()
            .FirstOrDefault(more => !Extend(types[more.Name.StringValue].FirstOrDefault(), more));
        schema.Definitions.RemoveAll(node => node is GraphQLTypeExtension);
        return baseless;
    }

    private static bool Extend(GraphQLTypeDefinition? type, GraphQLTypeExtension extension)
    {
        switch (type, extension)
        {
            case (GraphQLObjectTypeDefinition old, GraphQLObjectTypeExtension more):
                (old.Interfaces ??= new([])).Items.AddRange(more.Interfaces?.Items ?? []);
                (old.Fields ??= new([])).Items.AddRange(more.Fields?.Items ?? []);
                return true;
            case (GraphQLInterfaceTypeDefinition old, GraphQLInterfaceTypeExtension more):
                (old.Interfaces ??= new([])).Items.AddRange(more.Interfaces?.Items ?? []);
                (old.Fields ??= new([])).Items.AddRange(more.Fields?.Items ?? []);
                return true;
            case (GraphQLInputObjectTypeDefinition old, GraphQLInputObjectTypeExtension more):
                (old.Fields ??= new([])).Items.AddRange(more.Fields?.Items ?? []);
                return true;
            case (GraphQLEnumTypeDefinition old, GraphQLEnumTypeExtension more):
                (old.Values ??= new([])).Items.AddRange(more.Values?.Items ?? []);
                return true;
            case (GraphQLUnionTypeDefinition old, GraphQLUnionTypeExtension more):
                (old.Types ??= new([])).Items.AddRange(more.Types?.Items ?? []);
                return true;
            default:
                return (type, extension) is (GraphQLScalarTypeDefinition, GraphQLScalarTypeExtension);
        }
    }
}
