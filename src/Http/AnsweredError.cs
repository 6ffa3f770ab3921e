using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>The error that a request was answered with, for the activity log.</summary>
public sealed record AnsweredError(ErrorCode Code, string? Param = null);

/// <summary>The scopes that the operation of a request asked for, for the activity log.</summary>
public sealed record UsedScopes(IReadOnlyCollection<Scope> Scopes)
{
    /// <summary>Notes what an operation asks of a key that may run it.</summary>
    public static void Note(HttpContext http, Operation operation)
    {
        if (CallerFeature.Of(http).ApiKeyId is not null)
        {
            http.Features.Set(new UsedScopes([.. operation.Needs.OfType<FieldAccess>()
                .Select(need => need.Scope).OfType<Scope>().Distinct()]));
        }
    }
}
