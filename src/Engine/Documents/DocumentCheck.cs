using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Equaticket.Engine.Documents;

/// <summary>Parses documents and validates them against the schema.</summary>
public sealed class DocumentCheck(ISchema schema)
{
    private const int MaxMessageLength = 200;

    private static readonly DocumentValidator Validator = new();

    private static readonly IValidationRule[] Rules =
    [
        new ErrorLimit(),
        new ExecutableRule(),
        .. DocumentValidator.CoreRules.Where(
            rule => rule is not (ArgumentsOfCorrectType or DefaultValuesOfCorrectType
                or VariablesInAllowedPosition or OverlappingFieldsCanBeMerged)),
        new LiteralRule(),
        new VariableRule(),
        new FieldMergeRule(),
    ];

    /// <exception cref="ApiError">The text is not a GraphQL document, or is nested too deeply.</exception>
    public static GraphQLDocument Parse(string text)
    {
        try
        {
            return Parser.Parse(WithoutReturns(text), new ParserOptions { Ignore = IgnoreOptions.Comments });
        }
        catch (GraphQLParserException fault)
        {
            throw ApiError.Validation(null, Message(fault));
        }
    }

    /// <remarks>
    /// All line endings are equivalent in GraphQL, and the parser fails to describe some errors after a carriage
    /// return.
    /// </remarks>
    private static string WithoutReturns(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : text;

    /// <summary>
    /// The errors of the document itself. Values of variables and literals are checked when an
    /// operation executes.
    /// </summary>
    public IReadOnlyList<ExecutionError> Errors(
        GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        var options = new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Operation = operation,
            Rules = Rules,
            Variables = GraphQL.Inputs.Empty,
            Extensions = GraphQL.Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = new Dictionary<string, object?>(),
        };
        return [.. Errors(options).Where(error =>
            error is not (InvalidVariableError or InvalidValueError or InvalidLiteralError))];
    }

    private static IEnumerable<ExecutionError> Errors(ValidationOptions options)
    {
        try
        {
            // The rules complete synchronously.
            return Validator.ValidateAsync(options).GetAwaiter().GetResult().Errors;
        }
        catch (TooManyErrorsException fault)
        {
            return fault.Errors;
        }
    }

    /// <summary>The parser's message and its position, without the document text, which may be long.</summary>
    private static string Message(GraphQLParserException fault)
    {
        var (line, column) = (fault.Location.Line, fault.Location.Column);
        var message = fault.Description.Length <= MaxMessageLength
            ? fault.Description
            : "The document could not be parsed.";
        return $"Syntax error at line {line}, column {column}: {message}";
    }
}

/// <summary>A document that is invalid against the schema, with all its errors.</summary>
public sealed class InvalidDocumentException(IReadOnlyList<ExecutionError> errors)
    : Exception("The document is invalid.")
{
    public IReadOnlyList<ExecutionError> Errors { get; } = errors;
}
