using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Refuses what another web site makes a signed-in person's browser send. A browser attaches the
/// session by itself, but never a header of this kind across sites unless we allowed it in answer to a
/// preflight, which we never do with credentials. A key is no concern: only its holder attaches it.
/// </summary>
internal static class CrossSiteGuard
{
    /// <summary>Any value will do: that it could be sent is the proof.</summary>
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
