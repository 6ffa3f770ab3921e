using Equaticket.Engine.Errors;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Access;

/// <summary>The access an argument requires, in addition to that of its field.</summary>
/// <param name="Access">The access its directives require.</param>
/// <param name="Name">The name of the argument.</param>
/// <param name="Given">Its value in the document.</param>
/// <param name="Default">The default of the variable, if the value is a variable that has one.</param>
public sealed record ArgumentAccess(
    IAccess Access, string Name, GraphQLValue Given, GraphQLValue? Default)
{
    /// <returns>The given arguments of root fields that require access.</returns>
    public static IReadOnlyList<ArgumentAccess> Collect(
        AccessRules rules,
        IObjectGraphType? root,
        GraphQLOperationDefinition operation,
        IEnumerable<GraphQLField> fields) =>
        [.. fields.SelectMany(field =>
            from given in field.Arguments?.Items ?? []
            let argument = root?.Fields.Find(field.Name.Value)?.Arguments?
                .Find(given.Name.StringValue)
            let access = argument is null ? null : rules.Of(argument)
            where access is not null
            select new ArgumentAccess(
                access, argument.Name, given.Value, DefaultOf(given.Value, operation)))];

    /// <returns>Why the caller is denied, or null if access is granted or the argument is not used.</returns>
    public ApiError? Refusal(ICaller caller, IReadOnlyDictionary<string, object?> variables) =>
        IsAsked(variables) ? Access.Refusal(caller)?.WithParam(Name) : null;

    private bool IsAsked(IReadOnlyDictionary<string, object?> variables) =>
        Given is GraphQLVariable variable
            ? variables.TryGetValue(variable.Name.StringValue, out var value)
                ? value is not (null or false)
                : IsAsked(Default)
            : IsAsked(Given);

    private static bool IsAsked(GraphQLValue? literal) =>
        literal is not (null or GraphQLNullValue or GraphQLBooleanValue { BoolValue: false });

    private static GraphQLValue? DefaultOf(
        GraphQLValue given, GraphQLOperationDefinition operation) =>
        given is GraphQLVariable variable
            ? operation.Variables?.Items
                .FirstOrDefault(v => v.Variable.Name == variable.Name)?.DefaultValue
            : null;
}
