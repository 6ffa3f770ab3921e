namespace Equaticket.Http;

/// <summary>The claims of a signed-in user besides their identity.</summary>
public static class SessionClaims
{
    /// <summary>The organization of the session.</summary>
    public const string Organization = "equaticket:organization";

    /// <summary><c>true</c> while the user views live data.</summary>
    public const string Livemode = "equaticket:livemode";
}
