using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Spelling;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>Rules for every response to any request.</summary>
internal static partial class HostileAnswers
{
    private static readonly string[] Leaks =
    [
        "Exception", "Npgsql", "Postgres", "SELECT ", "GraphQL", "Variable '$", "System.", "   at ",
    ];

    public static void AssertSound(this ApiResponse response, string method)
    {
        Assert.InRange(response.Status, 200, 499);
        var requestId = response.Header("X-Request-Id");
        Assert.Matches(RequestId(), requestId);
        if (method == "HEAD" || response.Status is 204 or 304)
            Assert.Equal("", response.Body);
        else if (response.Status >= 400)
            AssertEnvelope(response, requestId);
        else
            Assert.IsType<JsonObject>(Parse(response));
    }

    private static void AssertEnvelope(ApiResponse response, string? requestId)
    {
        var error = Parse(response)["error"]!.AsObject();
        Assert.Empty(error.Select(pair => pair.Key)
            .Except(["code", "message", "request_id", "param", "doc_url"]));
        var code = WireNames<ErrorCode>.Parse((string)error["code"]!);
        Assert.Equal(code.HttpStatus(), response.Status);
        // A replayed response has the id of the original request.
        if (response.Header("Idempotent-Replayed") == "true")
            Assert.Matches(RequestId(), (string?)error["request_id"]);
        else
            Assert.Equal(requestId, (string?)error["request_id"]);
        Assert.Equal(ApiError.DocUrl, (string?)error["doc_url"]);
        // The error never names an id in the path, but names one in the body.
        if (code == ErrorCode.NotFound && error["param"] is { } param)
            Assert.Matches(IdInBody(), (string)param!);
        var message = (string)error["message"]!;
        Assert.NotEmpty(message);
        Assert.DoesNotContain(Leaks, leak => message.Contains(leak, StringComparison.Ordinal));
    }

    [GeneratedRegex("^[ -~]{1,128}$")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"^(event_id|items\[\d+\]\.ticket_type_id|attendee_ids\[\d+\])$")]
    private static partial Regex IdInBody();

    private static JsonNode Parse(ApiResponse response)
    {
        Assert.Equal("application/json", response.ContentType);
        return JsonNode.Parse(response.Body, documentOptions: new JsonDocumentOptions
        {
            AllowDuplicateProperties = false,
        })!;
    }
}
