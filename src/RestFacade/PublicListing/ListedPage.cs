using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.PublicListing;

/// <summary>A response of the public listing, the same for every caller.</summary>
/// <param name="answer">The response.</param>
/// <param name="end">When the passage of time changes a status in the response, in UTC.</param>
internal sealed class ListedPage(Answer answer, DateTimeOffset end)
{
    public Answer Answer => answer;

    public DateTimeOffset End => end;

    /// <summary>Whether it can be shared; errors contain their request id, so only successes can.</summary>
    public bool IsForEverybody => answer.Status == StatusCodes.Status200OK;

    /// <summary>Lets caches store it, but never past its end.</summary>
    public string CacheControl(DateTimeOffset now) => PublicCors.CacheControlFor(end - now);
}
