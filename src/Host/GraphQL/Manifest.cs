using System.Collections.Frozen;
using System.Text.Json;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Host.Hosting;
using GraphQLParser.AST;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// The documents that an operator has registered, read once at start: <c>.graphql</c> files, one
/// document each, and <c>.json</c> files as <c>@apollo/generate-persisted-query-manifest</c> or
/// <c>@graphql-codegen/client-preset</c> write them.
/// </summary>
internal sealed class Manifest
{
    private readonly FrozenDictionary<string, DocumentText> _documents;
    private readonly DocumentCheck _check;

    /// <exception cref="ConfigurationException">
    /// The folder does not exist, a file can't be read, or a document is invalid.
    /// </exception>
    public Manifest(IOptions<GraphQLOptions> options, DocumentCheck check)
    {
        _check = check;
        if (options.Value is { TrustedOnly: true, Manifest: null })
            throw new ConfigurationException("GraphQL__TrustedOnly requires a folder in GraphQL__Manifest.");
        _documents = (options.Value.Manifest is { } folder ? Load(folder) : [])
            .DistinctBy(document => document.Hash)
            .ToFrozenDictionary(document => document.Hash);
    }

    /// <returns>The document with this hash, or null.</returns>
    public DocumentText? Find(string hash) => _documents.GetValueOrDefault(hash);

    private List<DocumentText> Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ConfigurationException($"GraphQL__Manifest: the folder {folder} does not exist.");
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".graphql" or ".json")
            .SelectMany(Read, Check)];
    }

    private static IEnumerable<(string? Id, string Text)> Read(string file)
    {
        var text = File.ReadAllText(file);
        if (Path.GetExtension(file) == ".graphql")
            return [(null, text)];
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. Entries(json.RootElement)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw new ConfigurationException($"GraphQL__Manifest: {file} is not a document manifest.");
        }
    }

    private static IEnumerable<(string? Id, string Text)> Entries(JsonElement json) =>
        json.TryGetProperty("operations", out var operations)
            && operations.ValueKind == JsonValueKind.Array
            ? operations.EnumerateArray().Select(operation => (
                operation.GetProperty("id").GetString(), operation.GetProperty("body").GetString()!))
            : json.EnumerateObject().Select(entry => ((string?)entry.Name, entry.Value.GetString()!));

    private DocumentText Check(string file, (string? Id, string Text) given)
    {
        var document = DocumentText.Of(given.Text);
        if (given.Id is { } id && DocumentReference.HashIn(id) != document.Hash)
            throw new ConfigurationException(
                $"GraphQL__Manifest: in {file}, {id} is not the SHA-256 of its document.");
        return Fault(document.Text) is { } fault
            ? throw new ConfigurationException($"GraphQL__Manifest: {file}: {fault}")
            : document;
    }

    /// <returns>The fault of the document; null if it can be executed.</returns>
    private string? Fault(string text)
    {
        try
        {
            DocumentBounds.CheckLength(text);
            var document = DocumentCheck.Parse(text);
            DocumentBounds.Check(document);
            var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
            return operations.Count == 0
                ? "it contains no operation."
                : operations.SelectMany(operation => _check.Errors(document, operation))
                    .FirstOrDefault()?.Message;
        }
        catch (ApiError fault)
        {
            return fault.Message;
        }
    }
}
