using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Refuses requests that another site makes a signed-in person's browser send. A browser attaches the
/// session automatically, but never sends such a header across sites unless we allowed it in a
/// preflight, which we never do with credentials. Keys are not affected: only their holder attaches them.
/// </summary>
internal static class CrossSiteGuard
{
    /// <summary>Any value is accepted: being able to send it is the proof.</summary>
    public const string Header = "GraphQL-Require-Preflight";

    private const string FetchSite = "Sec-Fetch-Site";

    /// <exception cref="ApiError">A session's request may come from another site.</exception>
    public static void Check(HttpRequest request, Caller caller)
    {
        if (caller.UserId is null)
            return;
        if (request.Headers[FetchSite] is ["cross-site" or "same-site"])
            throw ApiError.Forbidden("Sessions work only on the dashboard's own pages. Use an API key.");
        if (string.IsNullOrWhiteSpace(request.Headers[Header]))
            throw ApiError.Forbidden($"Requests with a session must send the header {Header}: 1.");
    }
}
