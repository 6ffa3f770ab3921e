using Equaticket.Engine.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>The stage at which a request was answered.</summary>
internal enum Stage
{
    /// <summary>It was refused before validation: its form, caller, size or cost.</summary>
    Request,

    /// <summary>It referenced a document by an unknown hash, and may send the text.</summary>
    UnknownDocument,

    /// <summary>Its document or variables are invalid for the schema.</summary>
    Document,

    /// <summary>It was executed, with or without errors.</summary>
    Executed,
}

/// <summary>
/// The HTTP status of every answer to <c>/graphql</c>, as the audits of the GraphQL-over-HTTP
/// specification expect.
/// </summary>
internal static class StatusPolicy
{
    /// <param name="stage">The stage the request reached.</param>
    /// <param name="error">The first error; null if there is none.</param>
    /// <param name="mediaType">The type of the answer, without parameters.</param>
    public static int Of(Stage stage, ErrorCode? error, string mediaType) =>
        (stage, error, mediaType) switch
        {
            // Apollo's clients check the code, regardless of the status.
            (Stage.UnknownDocument, _, MediaTypes.GraphQLJson) => StatusCodes.Status400BadRequest,
            (Stage.Executed, _, _) or (_, null, _) => StatusCodes.Status200OK,
            // Clients of plain JSON, the older type, expect document errors with a 200.
            (Stage.Document, ErrorCode.ValidationError, MediaTypes.Json) => StatusCodes.Status200OK,
            (_, { } code, _) => code.HttpStatus(),
        };
}
