using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Engine.Errors;

/// <summary>Translates the errors of GraphQL.NET into errors of the API.</summary>
public static partial class InputErrors
{
    /// <summary>
    /// The error as callers see it. Its parameter is the name of the variable that contains the value,
    /// with the path below it, or the name of the input field if the value is a literal.
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

    // A path inside an input object starts below that object: `$input.startsAt` becomes `startsAt`.
    [GeneratedRegex(
        @"^Variable '\$(?:\w+\.)?(?<path>[^']+)' is invalid\. (?<reason>.*)$",
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex VariableMessage();

    [GeneratedRegex(
        @"^Variable '\$\w+(\.(?<path>[^']+))?' is invalid\. Unrecognized input fields '(?<field>\w+)'",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownFieldMessage();
}

/// <summary>The messages for a literal or a variable that does not match its type.</summary>
public static partial class InputReasons
{
    public const string Required = "This is required.";
    public const string NoObject = "This must be an object.";
    public const string NotOneOf = "Provide exactly one of these fields.";

    private const int MaxLength = 500;

    public static string NotOfType(string type) => $"This must be a value of type {type}.";

    public static string NoneOf(IEnumerable<string> names) => $"This must be one of: {string.Join(", ", names)}.";

    /// <param name="message">GraphQL.NET's message, which repeats the value, however long it is.</param>
    public static string Translate(string message) =>
        Conversion().Match(message) is { Success: true } match ? NotOfType(match.Groups["type"].Value)
        : message.StartsWith("No value provided", StringComparison.Ordinal)
            || message.StartsWith("Received a null", StringComparison.Ordinal) ? Required
        : message.StartsWith("Unable to parse input as a", StringComparison.Ordinal) ? NoObject
        : message.Contains("OneOf Input Object", StringComparison.Ordinal) ? NotOneOf
        : message.Length <= MaxLength ? message
        : "This value does not match the expected type.";

    [GeneratedRegex(
        "^Unable to convert '.*' to '(?<type>[^']+)'",
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Conversion();
}

/// <summary>
/// A value that a scalar or an input rule rejects. GraphQL.NET knows where the value occurred;
/// <see cref="InputErrors"/> combines the two into a <see cref="ErrorCode.ValidationError"/>.
/// </summary>
/// <param name="message">A sentence that states what is allowed.</param>
/// <param name="field">The input field or argument, if known.</param>
public sealed class InvalidInputException(string message, string? field = null)
    : Exception(message)
{
    public string? Field { get; } = field;
}
