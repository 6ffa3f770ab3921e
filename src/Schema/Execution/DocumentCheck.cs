using Equaticket.Schema.Errors;
using GraphQL;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Equaticket.Schema.Execution;

/// <summary>Parses documents and validates them against the schema.</summary>
public sealed class DocumentCheck(ISchema schema)
{
    private static readonly DocumentValidator Validator = new();

    /// <exception cref="ApiError">The text is no GraphQL document, or nested too deeply.</exception>
    public static GraphQLDocument Parse(string text)
    {
        try
        {
            return Parser.Parse(text, new ParserOptions { Ignore = IgnoreOptions.Comments });
        }
        catch (GraphQLParserException fault)
        {
            throw ApiError.Validation(null, fault.Message);
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
            Rules = DocumentValidator.CoreRules,
            Variables = GraphQL.Inputs.Empty,
            Extensions = GraphQL.Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = new Dictionary<string, object?>(),
        });
        // The core rules and the built-in visitors never wait for anything.
        return [.. result.GetAwaiter().GetResult().Errors.Where(error =>
            error is not (InvalidVariableError or InvalidValueError or InvalidLiteralError))];
    }
}
