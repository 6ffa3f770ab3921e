using Equaticket.Schema.Errors;
using Equaticket.Schema.Input;
using GraphQL;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Equaticket.Schema.Execution;

/// <summary>Parses documents and validates them against the schema.</summary>
public sealed class DocumentCheck(ISchema schema)
{
    private const int MaxMessageLength = 200;

    private static readonly DocumentValidator Validator = new();

    private static readonly IValidationRule[] Rules =
    [
        .. DocumentValidator.CoreRules.Where(rule => rule is not ArgumentsOfCorrectType),
        new LiteralRule(),
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
        var result = Validator.ValidateAsync(new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Operation = operation,
            Rules = Rules,
            Variables = GraphQL.Inputs.Empty,
            Extensions = GraphQL.Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = new Dictionary<string, object?>(),
        });
        // The core rules and the built-in visitors never wait for anything.
        return [.. result.GetAwaiter().GetResult().Errors.Where(error =>
            error is not (InvalidVariableError or InvalidValueError or InvalidLiteralError))];
    }

    /// <summary>What the parser says and where, without the text, which may be long.</summary>
    private static string Message(GraphQLParserException fault)
    {
        var (line, column) = (fault.Location.Line, fault.Location.Column);
        var said = fault.Description.Length <= MaxMessageLength
            ? fault.Description
            : "The document is broken.";
        return $"Syntax error in line {line}, column {column}: {said}";
    }
}
