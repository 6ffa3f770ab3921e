using Equaticket.Engine.Errors;
using Equaticket.Persistence.Spelling;

namespace Equaticket.RestFacade.Tests;

/// <summary>Assertions about answers, which show the complete answer on failure.</summary>
internal static class Assertions
{
    /// <returns>The same answer.</returns>
    public static ApiResponse AssertStatus(this ApiResponse response, int status)
    {
        Assert.True(
            response.Status == status, $"Expected {status}, got {response.Status}: {response.Body}");
        return response;
    }

    /// <param name="response">The answer.</param>
    /// <param name="code">The error code that it must have, with the status that belongs to it.</param>
    /// <param name="param">The parameter that it must name; null for none.</param>
    /// <param name="saying">A part of its message.</param>
    public static void AssertRefused(
        this ApiResponse response, string code, string? param = null, string saying = "")
    {
        response.AssertStatus(WireNames<ErrorCode>.Parse(code).HttpStatus());
        Assert.Equal((code, param), (response.ErrorCode, response.Param));
        var error = response.Json!["error"]!;
        Assert.Contains(saying, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal(response.Header("X-Request-Id"), (string?)error["request_id"]);
    }

    /// <summary>A text member of the answer's object.</summary>
    public static string? Text(this ApiResponse response, string name) =>
        (string?)response.Json![name];

    /// <summary>A member of each row of a list.</summary>
    public static IReadOnlyList<string?> Column(this ApiResponse list, string name) =>
        [.. list.AssertStatus(200).Json!["data"]!.AsArray().Select(row => (string?)row![name])];
}
