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

    /// <exception cref="ApiError">The text is no GraphQL document, or nested too deeply.</exception>
    public static GraphQLDocument Parse(string text)
    {
        try
        {
            return Parser.Parse(text, new ParserOptions { Ignore = IgnoreOptions.Comments });
        }
        catch (GraphQLParserException fault)
        {
            throw ApiError.Validation(null, Message(fault));
        }
    }

    /// <summary>
    /// What is wrong with the document itself. Values, of variables and of literals, are judged when
    /// an operation is executed.
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
            // The rules never wait for anything.
            return Validator.ValidateAsync(options).GetAwaiter().GetResult().Errors;
        }
        catch (TooManyErrorsException fault)
        {
            return fault.Errors;
        }
    }

    /// <summary>What the parser says and where, without the text, which may be long.</summary>
    private static string Message(GraphQLParserException fault)
    {
        var (line, column) = (fault.Location.Line, fault.Location.Column);
        var said = fault.Description.Length <= MaxMessageLength
            ? fault.Description
            : "The document could not be parsed.";
        return $"Syntax error at line {line}, column {column}: {said}";
    }
}
