using Equaticket.Engine.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>How far a request came before it was answered.</summary>
internal enum Stage
{
    /// <summary>It was refused as it came: its form, its caller, its bounds or its cost.</summary>
    Request,

    /// <summary>It named a document by a hash that is unknown here, and may send the text too.</summary>
    UnknownDocument,

    /// <summary>Its document, or the values of its variables, do not fit the schema.</summary>
    Document,

    /// <summary>It was executed, whatever became of it.</summary>
    Executed,
}

/// <summary>
/// The HTTP status of every answer to <c>/graphql</c>, as the audits of the GraphQL-over-HTTP
/// specification read it.
/// </summary>
internal static class StatusPolicy
{
    /// <param name="stage">How far the request came.</param>
    /// <param name="error">The first error; null when there is none.</param>
    /// <param name="mediaType">The type of the answer, without parameters.</param>
    public static int Of(Stage stage, ErrorCode? error, string mediaType) =>
        (stage, error, mediaType) switch
        {
            // Apollo's clients heed the code, whatever the status.
            (Stage.UnknownDocument, _, MediaTypes.GraphQLJson) => StatusCodes.Status400BadRequest,
            (Stage.Executed, _, _) or (_, null, _) => StatusCodes.Status200OK,
            // Clients of plain JSON, the older type, read what is wrong with a document from a 200.
            (Stage.Document, ErrorCode.ValidationError, MediaTypes.Json) => StatusCodes.Status200OK,
            (_, { } code, _) => code.HttpStatus(),
        };
}
