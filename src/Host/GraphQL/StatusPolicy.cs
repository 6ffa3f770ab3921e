using Equaticket.Engine.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>The stage that a request reached.</summary>
internal enum Stage
{
    /// <summary>Rejected before validation, for its format, caller, size, or cost.</summary>
    Request,

    /// <summary>References a document by an unknown hash; the client may send the text.</summary>
    UnknownDocument,

    /// <summary>The document or its variables are invalid against the schema.</summary>
    Document,

    /// <summary>Executed, with or without errors.</summary>
    Executed,
}

/// <summary>
/// The HTTP status of every response of <c>/graphql</c>, as the audits of the GraphQL-over-HTTP
/// specification expect.
/// </summary>
internal static class StatusPolicy
{
    /// <param name="stage">The stage the request reached.</param>
    /// <param name="error">The first error; null if there is none.</param>
    /// <param name="mediaType">The media type of the response, without parameters.</param>
    public static int Of(Stage stage, ErrorCode? error, string mediaType) =>
        (stage, error, mediaType) switch
        {
            // Apollo's clients check the code, regardless of the status.
            (Stage.UnknownDocument, _, MediaTypes.GraphQLJson) => StatusCodes.Status400BadRequest,
            (Stage.Executed, _, _) or (_, null, _) => StatusCodes.Status200OK,
            // Clients that use plain JSON, the older type, expect document errors with status 200.
            (Stage.Document, ErrorCode.ValidationError, MediaTypes.Json) => StatusCodes.Status200OK,
            (_, { } code, _) => code.HttpStatus(),
        };
}
