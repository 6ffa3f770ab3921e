using Equaticket.Engine.Errors;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// The documents that a request may reference by hash: those in the manifest permanently, and those
/// sent once with their hash (Apollo's automatic persisted queries) while there is room.
/// </summary>
internal sealed class KnownDocuments(Manifest manifest, IOptions<GraphQLOptions> options) : IDisposable
{
    private const long MaxCharacters = 8 * 1024 * 1024;

    private readonly MemoryCache _sent = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <exception cref="ApiError">
    /// The id is unknown or does not match the text, or only manifest documents are allowed and
    /// this is not one.
    /// </exception>
    /// <exception cref="UnknownDocumentException">The client must send the text once.</exception>
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

    /// <summary>Stores a document that was sent with its hash. Call it only after validation.</summary>
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
    /// Also returned for automatic hashes, because Apollo's error code would make clients send the text, which would be
    /// rejected too.
    /// </remarks>
    private static ApiError Untrusted() =>
        ApiError.Forbidden("This server runs only documents in its manifest.");
}

/// <summary>A hash in Apollo's protocol is unknown or no longer known.</summary>
internal sealed class UnknownDocumentException() : Exception("The document is unknown.");
