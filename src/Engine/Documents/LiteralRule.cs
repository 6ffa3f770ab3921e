using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Checks the literals of arguments and the defaults of variables. Replaces GraphQL.NET's
/// <c>ArgumentsOfCorrectType</c> and <c>DefaultValuesOfCorrectType</c>, which name only the argument, repeat the
/// value in their message, and do not support <c>@oneOf</c>.
/// </summary>
public sealed class LiteralRule : ValidationRuleBase
{
    private static readonly ValueTask<INodeVisitor?> Visitor =
        new(new NodeVisitors(
            new MatchingNodeVisitor<GraphQLArgument>((argument, context) =>
                Check(argument, argument.Name, argument.Value, context)),
            new MatchingNodeVisitor<GraphQLVariableDefinition>((variable, context) =>
                Check(variable, variable.Variable.Name, variable.DefaultValue, context))));

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        Visitor;

    private static void Check(ASTNode given, GraphQLName name, GraphQLValue? value, ValidationContext context)
    {
        if (value is null || context.TypeInfo.GetInputType() is not { } type
            || Find(type, value, path: null) is not var (path, reason))
            return;
        var error = ApiError.Validation(path is null or ['[', ..] ? name.StringValue + path : path, reason);
        error.AddLocation(Location.FromLinearPosition(context.Document.Source, given.Location.Start));
        context.ReportError(error);
    }

    /// <returns>The first error and its path below the argument; null if there is none.</returns>
    private static (string? Path, string Reason)? Find(
        IGraphType type, GraphQLValue value, string? path) => (type, value) switch
        {
            (_, GraphQLVariable) => null, // Checked when it is coerced.
            (NonNullGraphType, GraphQLNullValue) => (path, InputReasons.Required),
            (NonNullGraphType required, _) => Find(required.ResolvedType!, value, path),
            (_, GraphQLNullValue) => null,
            (ListGraphType list, GraphQLListValue items) => (items.Values ?? [])
                .Select((item, index) => Find(list.ResolvedType!, item, $"{path}[{index}]"))
                .FirstOrDefault(fault => fault is not null),
            (ListGraphType list, _) => Find(list.ResolvedType!, value, path),
            (IInputObjectGraphType input, GraphQLObjectValue given) => Find(input, given, path),
            (ScalarGraphType scalar, _) => Fault(scalar, value) is { } reason ? (path, reason) : null,
            _ => (path, InputReasons.NoObject),
        };

    private static (string? Path, string Reason)? Find(
        IInputObjectGraphType type, GraphQLObjectValue given, string? path)
    {
        var fields = given.Fields ?? [];
        if (fields.Find(field => type.Fields.Find(field.Name.Value) is null) is { } unknown)
            return (Below(path, unknown.Name.StringValue), "This field does not exist.");
        if (type.IsOneOf && fields is not [{ Value: not GraphQLNullValue }])
            return (path, InputReasons.NotOneOf);
        return type.Fields
            .Select(field => fields.Find(f => f.Name.Value == field.Name) is { } found
                ? Find(field.ResolvedType!, found.Value, Below(path, field.Name))
                : field is { ResolvedType: NonNullGraphType, DefaultValue: null }
                    ? (Below(path, field.Name), InputReasons.Required)
                    : null)
            .FirstOrDefault(fault => fault is not null);
    }

    private static string Below(string? path, string field) =>
        path is null ? field : $"{path}.{field}";

    private static string? Fault(ScalarGraphType type, GraphQLValue value)
    {
        try
        {
            if (value is GraphQLStringValue text)
                TextRules.Sound((string)text.Value);
            type.ParseLiteral(value);
            return null;
        }
        catch (InvalidInputException fault)
        {
            return fault.Message;
        }
        catch (Exception)
        {
            return InputReasons.NotOfType(type.Name);
        }
    }
}
