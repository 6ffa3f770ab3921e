using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Operations;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Translates schema descriptions into REST terms.</summary>
internal static partial class Wording
{
    /// <returns>The text with REST field names.</returns>
    public static string Of(string? description) =>
        FieldName().Replace(description ?? "", field =>
            $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Groups["name"].Value)}`");

    /// <summary>The first sentence, without its period.</summary>
    public static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    /// <summary>A PascalCase name as words: <c>ListTicketTypes</c> becomes "List ticket types".</summary>
    public static string Words(string name)
    {
        var words = JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The meaning of an error code, for integrators.</summary>
    public static string Meaning(ErrorCode code) => code switch
    {
        ErrorCode.ValidationError =>
            "The body is not valid JSON, or a field or parameter is unknown, missing, out of range, or of "
            + "the wrong type. `param` names it.",
        ErrorCode.Unauthorized => "The API key or session is missing, malformed, unknown, expired, or revoked.",
        ErrorCode.Forbidden =>
            "The API key lacks the required scope, the session lacks the required role, or the operation does "
            + "not accept this kind of key or session.",
        ErrorCode.ApiTermsRequired =>
            "An owner or admin must accept the API Terms of Service first.",
        ErrorCode.NotFound =>
            "No such resource exists in your organization and mode.",
        ErrorCode.MethodNotAllowed => "The path does not support the method. `Allow` lists the supported ones.",
        ErrorCode.Conflict =>
            "The state of the resource does not allow the request, or a request with the same "
            + "idempotency key is still running (then with `Retry-After`).",
        ErrorCode.PreconditionFailed =>
            "The resource has changed since you read the `ETag` in `If-Match`.",
        ErrorCode.PayloadTooLarge => "The body is larger than 256 KiB.",
        ErrorCode.UnsupportedMediaType => "The body is not `application/json` in UTF-8.",
        ErrorCode.Unprocessable =>
            "A business rule forbids the request, as the message explains; or the idempotency key was "
            + "already used with other parameters (then `param` is `Idempotency-Key`).",
        ErrorCode.RateLimited => "Too many requests. Wait for `Retry-After` seconds.",
        ErrorCode.InternalError =>
            "Something went wrong on our side. Contact support with the request ID.",
        ErrorCode.Unavailable =>
            "The service is temporarily unavailable. Retry after `Retry-After` seconds.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No meaning is defined."),
    };

    [GeneratedRegex(
        "`(?<name>[a-z]+([A-Z][a-z]*)+)`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FieldName();
}

/// <summary>The sections of the reference, one per folder of operations.</summary>
internal static class Tags
{
    public const string Webhooks = "Webhooks";

    private const string TestHelpers = "Test helpers";
    private const string TestHelperPath = "/test-helpers/";

    /// <returns>The section of the operation.</returns>
    public static string Of(RestOperation operation) =>
        operation.Route.Template.Contains(TestHelperPath, StringComparison.Ordinal)
            ? TestHelpers
            : operation.Feature switch
            {
                "ApiKeys" => "API keys",
                "Organizations" => "API terms",
                var feature => Wording.Words(feature),
            };

    public static OpenApiTag Describe(string name) => new() { Name = name, Description = Text(name) };

    private static string Text(string name) => name switch
    {
        "Events" => "An event has ticket types, orders, and attendees. Create it as a draft, add ticket types, then "
            + "publish it.",
        "Ticket types" => "A ticket type is one kind of ticket of an event, with its own price, stock, and "
            + "sales period.",
        "Orders" => "An order is one buyer's purchase of tickets for one event. Amounts are in the "
            + "currency's smallest unit.",
        "Attendees" => "An attendee is a ticket and the person who holds it. Attendees are created when "
            + "their order is confirmed.",
        TestHelpers => "Test helpers simulate purchases, refunds, and scans in test mode, so that you can "
            + "test an integration end to end. They require a test key.",
        Webhooks => "A webhook sends events to your endpoint, signed with the Standard Webhooks "
            + "scheme. Failed deliveries are retried for several days.",
        "API keys" => "An API key authenticates requests. Its scopes are fixed when it is created.",
        "Test data" => "Test data is everything created with test keys. It is isolated from live data.",
        "API terms" => "An owner or admin accepts the API Terms of Service before the first API key is "
            + "created.",
        "Public listing" => "The public listing shows the published live events of an organization. It "
            + "requires no key and can be called from any web page.",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The section has no description."),
    };
}

/// <summary>The handwritten parts of the document, in the folder <c>OpenApi</c>.</summary>
internal static class Resources
{
    /// <summary>The rules that apply to every route: <c>Introduction.md</c>.</summary>
    public static string Introduction { get; } = ReadIntroduction();

    /// <summary>
    /// A response from <c>Examples</c>, one for each resource (<c>Event.json</c>) and each error code
    /// (<c>conflict.json</c>). A test records and refreshes them.
    /// </summary>
    /// <returns>The example with that name, or null if there is none.</returns>
    public static JsonNode? FindExample(string name)
    {
        using var stream = Open($"OpenApi/Examples/{name}.json");
        return stream is null ? null : JsonNode.Parse(stream);
    }

    private static string ReadIntroduction()
    {
        using var reader = new StreamReader(Open("OpenApi/Introduction.md")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }

    private static Stream? Open(string name) =>
        typeof(Resources).Assembly.GetManifestResourceStream(name);
}
