using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.Http;

/// <summary>Who makes the request. The host sets it before an endpoint runs.</summary>
public sealed record CallerFeature(Caller Caller)
{
    /// <summary>The caller of the request; nobody where the endpoint does not ask who it is.</summary>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<CallerFeature>()?.Caller ?? Caller.Nobody;
}

/// <summary>Marks an endpoint that wants to know who calls.</summary>
/// <param name="IsRequired">Whether a request without a key is refused with 401.</param>
public sealed record IdentifiesCaller(bool IsRequired);
