using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.PublicListing;

/// <summary>An answer of the public listing, whoever asks for it.</summary>
/// <param name="answer">The answer.</param>
/// <param name="end">When a status that it shows changes by itself, in UTC.</param>
internal sealed class ListedPage(Answer answer, DateTimeOffset end)
{
    public Answer Answer => answer;

    public DateTimeOffset End => end;

    /// <summary>Errors carry the id of their request, so only a success is for everybody.</summary>
    public bool IsForEverybody => answer.Status == StatusCodes.Status200OK;

    /// <summary>How long others may keep it, which is never beyond its end.</summary>
    public string CacheControl(DateTimeOffset now) => PublicCors.CacheControlFor(end - now);
}
