using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>A position where a variable is used.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Type">The declared type of the argument, input field, or list item there.</param>
/// <param name="HasDefault">Whether the position has a default, used when the variable is absent.</param>
/// <param name="IsChoice">Whether it is the only field of a <c>@oneOf</c> input object.</param>
internal readonly record struct VariablePosition(
    GraphQLVariable Variable, IGraphType Type, bool HasDefault, bool IsChoice)
{
    /// <summary>The expected type, in words.</summary>
    public string Expected => IsChoice ? $"{Type}! is expected, as its object's only field" : $"{Type} is expected";

    /// <returns>The positions in the value of an argument.</returns>
    public static IEnumerable<VariablePosition> In(GraphQLArgument given, QueryArgument argument) =>
        In(given.Value, argument.ResolvedType!, argument.DefaultValue is not null, isChoice: false);

    /// <param name="type">The type of the variable.</param>
    /// <param name="standard">The default value of the variable.</param>
    /// <returns>Whether the variable may be used here.</returns>
    public bool Admits(IGraphType type, GraphQLValue? standard)
    {
        if (type is NonNullGraphType)
            return type.IsSubtypeOf(Type);
        if (IsChoice)
            return false;
        if (Type is not NonNullGraphType required)
            return type.IsSubtypeOf(Type);
        return (HasDefault || standard is not (null or GraphQLNullValue))
            && type.IsSubtypeOf(required.ResolvedType!);
    }

    private static IEnumerable<VariablePosition> In(
        GraphQLValue value, IGraphType type, bool hasDefault, bool isChoice) => (value, NullableOf(type)) switch
        {
            (GraphQLVariable variable, _) => [new(variable, type, hasDefault, isChoice)],
            (GraphQLListValue list, ListGraphType of) => (list.Values ?? [])
                .SelectMany(item => In(item, of.ResolvedType!, hasDefault: false, isChoice: false)),
            (GraphQLObjectValue given, var of) when of.GetNamedType() is IInputObjectGraphType input =>
                In(given, input),
            _ => [],
        };

    private static IEnumerable<VariablePosition> In(GraphQLObjectValue given, IInputObjectGraphType type) =>
        from member in given.Fields ?? []
        let field = type.Fields.Find(member.Name.Value)
        where field is not null
        from position in In(member.Value, field.ResolvedType!, field.DefaultValue is not null, type.IsOneOf)
        select position;

    private static IGraphType NullableOf(IGraphType type) =>
        type is NonNullGraphType required ? required.ResolvedType! : type;
}
