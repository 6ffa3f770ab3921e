using Equaticket.Engine.Errors;
using Equaticket.Persistence.Spelling;

namespace Equaticket.RestFacade.Tests;

/// <summary>Assertions about responses, which show the complete response on failure.</summary>
internal static class Assertions
{
    /// <returns>The same response.</returns>
    public static ApiResponse AssertStatus(this ApiResponse response, int status)
    {
        Assert.True(
            response.Status == status, $"Expected {status}, got {response.Status}: {response.Body}");
        return response;
    }

    /// <param name="response">The response.</param>
    /// <param name="code">The required error code. The response must have the matching status.</param>
    /// <param name="param">The required parameter name; null for none.</param>
    /// <param name="saying">A required part of the message.</param>
    public static void AssertRefused(
        this ApiResponse response, string code, string? param = null, string saying = "")
    {
        response.AssertStatus(WireNames<ErrorCode>.Parse(code).HttpStatus());
        Assert.Equal((code, param), (response.ErrorCode, response.Param));
        var error = response.Json!["error"]!;
        Assert.Contains(saying, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal(response.Header("X-Request-Id"), (string?)error["request_id"]);
    }

    /// <summary>A text member of the response's object.</summary>
    public static string? Text(this ApiResponse response, string name) =>
        (string?)response.Json![name];

    /// <summary>The values of one member in all rows of a list.</summary>
    public static IReadOnlyList<string?> Column(this ApiResponse list, string name) =>
        [.. list.AssertStatus(200).Json!["data"]!.AsArray().Select(row => (string?)row![name])];
}
