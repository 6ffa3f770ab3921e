using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>The error that was returned for a request, for the activity log.</summary>
public sealed record AnsweredError(ErrorCode Code, string? Param = null);

/// <summary>The scopes that the operation of a request requires, for the activity log.</summary>
public sealed record UsedScopes(IReadOnlyCollection<Scope> Scopes)
{
    /// <summary>Records the scopes that an operation requires of an API key.</summary>
    public static void Note(HttpContext http, Operation operation)
    {
        if (CallerFeature.Of(http).ApiKeyId is not null)
        {
            http.Features.Set(new UsedScopes([.. operation.Needs.OfType<FieldAccess>()
                .Select(need => need.Scope).OfType<Scope>().Distinct()]));
        }
    }
}

/// <summary>Text from a client, as it is stored.</summary>
public static class ClientText
{
    private const int MaxLength = 500;

    /// <returns>
    /// Null for an empty text. PostgreSQL cannot store U+0000, and what exceeds 500 characters is not useful.
    /// </returns>
    public static string? ToStore(string? text) =>
        string.IsNullOrEmpty(text) ? null : text[..Math.Min(text.Length, MaxLength)].Replace('\0', ' ');
}

/// <summary>Records what a request writes, under the request's id, for the activity log.</summary>
public static class Traces
{
    /// <returns>The trace of the request, the same each time.</returns>
    public static RequestTrace Of(HttpContext http)
    {
        if (http.Features.Get<RequestTrace>() is { } known)
            return known;
        var trace = new RequestTrace(http.TraceIdentifier);
        http.Features.Set(trace);
        return trace;
    }
}
