using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the types of fields and of inputs, such as <c>[ID!]!</c>.</summary>
internal static class TypeReferences
{
    private static readonly SDLPrinter Printer = new();

    /// <summary>The node as GraphQL text; empty if there is none.</summary>
    public static string Text(this ASTNode? node) => node is null ? "" : Printer.Print(node);

    /// <summary>Whether every value that can now be returned could be returned before.</summary>
    public static bool IsSafeForOutput(GraphQLType before, GraphQLType after) => (before, after) switch
    {
        (GraphQLNonNullType old, GraphQLNonNullType now) => IsSafeForOutput(old.Type, now.Type),
        (_, GraphQLNonNullType now) => IsSafeForOutput(before, now.Type),
        (GraphQLListType old, GraphQLListType now) => IsSafeForOutput(old.Type, now.Type),
        (GraphQLNamedType old, GraphQLNamedType now) => old.Name.Value == now.Name.Value,
        _ => false,
    };

    /// <summary>Whether every value that was accepted before still is.</summary>
    public static bool IsSafeForInput(GraphQLType before, GraphQLType after) => (before, after) switch
    {
        (GraphQLNonNullType old, GraphQLNonNullType now) => IsSafeForInput(old.Type, now.Type),
        (GraphQLNonNullType old, _) => IsSafeForInput(old.Type, after),
        (GraphQLListType old, GraphQLListType now) => IsSafeForInput(old.Type, now.Type),
        (GraphQLNamedType old, GraphQLNamedType now) => old.Name.Value == now.Name.Value,
        _ => false,
    };
}
