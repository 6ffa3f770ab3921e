using Equaticket.Engine.Errors;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Documents that a request may name by their hash: those of the manifest for good, and those that
/// were sent with their hash once (Apollo's automatic persisted queries) as long as there is room.
/// </summary>
internal sealed class KnownDocuments(Manifest manifest, IOptions<GraphQLOptions> options) : IDisposable
{
    private const long MaxCharacters = 8 * 1024 * 1024;

    private readonly MemoryCache _sent = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <exception cref="ApiError">
    /// The id names nothing, is not that of the text, or the document is none of the manifest's where
    /// only those are admitted.
    /// </exception>
    /// <exception cref="UnknownDocumentException">The text must be sent too, this once.</exception>
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

    /// <summary>Keeps a document that was sent with its hash, once it has passed validation.</summary>
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
    /// Also of an automatic hash: upon the codes of Apollo's protocol clients send the text, which would be
    /// refused just so.
    /// </remarks>
    private static ApiError Untrusted() =>
        ApiError.Forbidden("This server only executes registered documents.");
}

/// <summary>A hash of Apollo's protocol that is not known, or no longer.</summary>
internal sealed class UnknownDocumentException() : Exception("The document is unknown.");
