using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Judges the literals of arguments, in place of GraphQL.NET's <c>ArgumentsOfCorrectType</c>, which
/// names the argument alone and repeats the value in its message.
/// </summary>
public sealed class LiteralRule : ValidationRuleBase
{
    private static readonly ValueTask<INodeVisitor?> Visitor =
        new(new MatchingNodeVisitor<GraphQLArgument>(Check));

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        Visitor;

    private static void Check(GraphQLArgument argument, ValidationContext context)
    {
        if (context.TypeInfo.GetArgument()?.ResolvedType is not { } type
            || Find(type, argument.Value, path: null) is not var (path, reason))
            return;
        var error = ApiError.Validation(path ?? argument.Name.StringValue, reason);
        error.AddLocation(Location.FromLinearPosition(
            context.Document.Source, argument.Location.Start));
        context.ReportError(error);
    }

    /// <returns>The first fault and where it is below the argument; null when there is none.</returns>
    private static (string? Path, string Reason)? Find(
        IGraphType type, GraphQLValue value, string? path) => (type, value) switch
        {
            (_, GraphQLVariable) => null, // Judged when it is coerced.
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
            return (Below(path, unknown.Name.StringValue), "There is no such field.");
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
