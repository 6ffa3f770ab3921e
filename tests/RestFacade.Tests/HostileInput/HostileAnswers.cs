using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Spelling;
using Equaticket.Schema.Errors;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>What every answer must be, whatever was asked.</summary>
internal static class HostileAnswers
{
    private static readonly string[] Leaks =
    [
        "Exception", "Npgsql", "Postgres", "SELECT ", "GraphQL", "Variable '$", "System.", "   at ",
    ];

    public static void AssertSound(this ApiResponse response, string method)
    {
        Assert.InRange(response.Status, 200, 499);
        var requestId = response.Header("X-Request-Id");
        Assert.Matches("^[ -~]{1,128}$", requestId);
        if (method == "HEAD" || response.Status == 204)
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
        Assert.Equal(requestId, (string?)error["request_id"]);
        Assert.Equal(ApiError.DocUrl, (string?)error["doc_url"]);
        Assert.True(error["param"] is null || code != ErrorCode.NotFound);
        var message = (string)error["message"]!;
        Assert.NotEmpty(message);
        Assert.DoesNotContain(Leaks, leak => message.Contains(leak, StringComparison.Ordinal));
    }

    private static JsonNode Parse(ApiResponse response)
    {
        Assert.Equal("application/json", response.ContentType);
        return JsonNode.Parse(response.Body, documentOptions: new JsonDocumentOptions
        {
            AllowDuplicateProperties = false,
        })!;
    }
}
