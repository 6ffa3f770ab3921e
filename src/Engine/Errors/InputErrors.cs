using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Engine.Errors;

/// <summary>Turns what GraphQL.NET reports into the errors of the API.</summary>
public static partial class InputErrors
{
    /// <summary>
    /// The error as callers see it. Its parameter is the name of the variable that held the value,
    /// with the path below it, or the name of the input field where the value is a literal.
    /// </summary>
    public static ApiError ToApiError(ExecutionError error) => error switch
    {
        ApiError known => known,
        { InnerException: ApiError known } => known,
        InvalidVariableError variable => FromVariable(variable),
        ValidationError validation => ApiError.Validation(ParamOf(validation), Reason(validation)),
        DocumentError document => ApiError.Validation(null, document.Message),
        _ => ApiError.Internal(),
    };

    private static ApiError FromVariable(InvalidVariableError error)
    {
        if (UnknownFieldMessage().Match(error.Message) is { Success: true } unknown)
        {
            var (parent, field) = (unknown.Groups["path"], unknown.Groups["field"].Value);
            return ApiError.Validation(
                parent.Success ? $"{parent.Value}.{field}" : field, "This field does not exist.");
        }

        var match = VariableMessage().Match(error.Message);
        var reason = error.InnerException is InvalidInputException refusal
            ? refusal.Message
            : InputReasons.Translate(match.Groups["reason"].Value);
        return ApiError.Validation(match.Groups["path"].Value, reason);
    }

    private static string Reason(ValidationError error) =>
        error.InnerException is InvalidInputException refusal ? refusal.Message : error.Message;

    private static string? ParamOf(ValidationError error) =>
        error.Nodes.FirstOrDefault() switch
        {
            GraphQLVariable variable => variable.Name.StringValue,
            GraphQLArgument argument => argument.Name.StringValue,
            _ => (error.InnerException as InvalidInputException)?.Field,
        };

    // A path that starts in an input object is told from there on: `$input.startsAt` is `startsAt`.
    [GeneratedRegex(
        @"^Variable '\$(?:\w+\.)?(?<path>[^']+)' is invalid\. (?<reason>.*)$",
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex VariableMessage();

    [GeneratedRegex(
        @"^Variable '\$\w+(\.(?<path>[^']+))?' is invalid\. Unrecognized input fields '(?<field>\w+)'",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownFieldMessage();
}
