using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>The caller of the request. The host sets it before an endpoint runs.</summary>
public sealed record CallerFeature(Caller Caller)
{
    /// <summary>The caller of the request; anonymous if the endpoint does not identify callers.</summary>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<CallerFeature>()?.Caller ?? Caller.Nobody;
}

/// <summary>The place of the request among those that the server runs concurrently. Disposing it twice is safe.</summary>
public interface ILoadPlace : IDisposable;

/// <summary>Marks an endpoint that identifies callers and counts against a rate limit.</summary>
public sealed record IdentifiesCaller(CallerKind Kind);

/// <summary>The callers that an endpoint accepts.</summary>
public enum CallerKind
{
    /// <summary>Callers with an API key; all others, including sessions, get 401.</summary>
    KeyRequired,

    /// <summary>Callers with an API key or a session; all others get 401.</summary>
    KeyOrSession,

    /// <summary>Everyone; a key or session is used if there is one.</summary>
    Anybody,

    /// <summary>Everyone; keys and sessions are ignored.</summary>
    Public,
}

/// <summary>The claims of a signed-in user besides their identity.</summary>
public static class SessionClaims
{
    /// <summary>The ID of the session's row.</summary>
    public const string Session = "equaticket:session";

    /// <summary>The organization of the session.</summary>
    public const string Organization = "equaticket:organization";

    /// <summary><c>true</c> while the user views live data.</summary>
    public const string Livemode = "equaticket:livemode";
}
