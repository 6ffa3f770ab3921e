using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>Who makes the request. The host sets it before an endpoint runs.</summary>
public sealed record CallerFeature(Caller Caller)
{
    /// <summary>The caller of the request; nobody where the endpoint does not ask who it is.</summary>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<CallerFeature>()?.Caller ?? Caller.Nobody;
}

/// <summary>Marks an endpoint that wants to know who calls, and that counts against a limit.</summary>
public sealed record IdentifiesCaller(CallerKind Kind);

/// <summary>Whom an endpoint serves.</summary>
public enum CallerKind
{
    /// <summary>Whoever has a key; others, sessions too, are refused with 401.</summary>
    KeyRequired,

    /// <summary>Whoever has a key or is signed in; others are refused with 401.</summary>
    KeyOrSession,

    /// <summary>Everybody, by what the key or the session allows when there is one.</summary>
    Anybody,

    /// <summary>Everybody alike; a key is not even looked at.</summary>
    Public,
}
