namespace Equaticket.Http;

/// <summary>What the principal of a signed-in person says besides who it is.</summary>
public static class SessionClaims
{
    /// <summary>The organization that the session is for.</summary>
    public const string Organization = "equaticket:organization";

    /// <summary><c>true</c> while the person looks at live data.</summary>
    public const string Livemode = "equaticket:livemode";
}
