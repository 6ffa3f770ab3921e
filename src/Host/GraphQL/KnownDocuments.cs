using Equaticket.Engine.Errors;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Documents that a request may reference by hash: those of the manifest permanently, and those that
/// were once sent with their hash (Apollo's automatic persisted queries) as long as there is room.
/// </summary>
internal sealed class KnownDocuments(Manifest manifest, IOptions<GraphQLOptions> options) : IDisposable
{
    private const long MaxCharacters = 8 * 1024 * 1024;

    private readonly MemoryCache _sent = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <exception cref="ApiError">
    /// The id is unknown or does not match the text, or the document is not in the manifest while
    /// only those are allowed.
    /// </exception>
    /// <exception cref="UnknownDocumentException">The text must be sent once.</exception>
    public DocumentText Find(GraphQLRequest request)
    {
        if (request.Query is not { } text)
            return FindNamed(request.Reference!);
        var document = DocumentText.Of(text);
        if (request.Reference is { } reference && reference.Hash != document.Hash)
            throw ApiError.Validation(reference.Param, "This is not the SHA-256 of the query.");
        if (options.Value.TrustedOnly && manifest.Find(document.Hash) is null)
            throw Untrusted();
        return document;
    }

    /// <summary>Stores a document that was sent with its hash, once it has passed validation.</summary>
    public void Remember(GraphQLRequest request, DocumentText document)
    {
        if (request is { Query: not null, Reference.IsAutomatic: true })
        {
            _sent.Set(
                document.Hash, document, new MemoryCacheEntryOptions { Size = document.Text.Length });
        }
    }

    public void Dispose() => _sent.Dispose();

    private DocumentText FindNamed(DocumentReference reference)
    {
        if (manifest.Find(reference.Hash) is { } registered)
            return registered;
        if (options.Value.TrustedOnly)
            throw Untrusted();
        if (_sent.TryGetValue(reference.Hash, out DocumentText? sent))
            return sent!;
        throw reference.IsAutomatic
            ? new UnknownDocumentException()
            : ApiError.Validation(reference.Param, "This document is unknown. Send its text as query.");
    }

    /// <remarks>
    /// Also for an automatic hash: Apollo's own codes would make clients send the text, which would be
    /// refused as well.
    /// </remarks>
    private static ApiError Untrusted() =>
        ApiError.Forbidden("This server only executes registered documents.");
}

/// <summary>A hash of Apollo's protocol that is not or no longer known.</summary>
internal sealed class UnknownDocumentException() : Exception("The document is unknown.");
