namespace Equaticket.Persistence.Team;

/// <summary>An account that signs in. Users belong to organizations through <see cref="Membership"/>.</summary>
public sealed class User
{
    public required Guid Id { get; init; }

    /// <summary>As entered by the user.</summary>
    public required string Email { get; set; }

    /// <summary><see cref="Email"/> in lower case; unique.</summary>
    public required string EmailNormalized { get; set; }

    /// <summary>In ASP.NET Core Identity's format; null while no password is set.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password, so that links sent before no longer work.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>When the user confirmed that they receive email at the address; null until then.</summary>
    public DateTimeOffset? EmailConfirmedAt { get; set; }

    /// <summary>Sign-in attempts since the last successful one.</summary>
    public int SignInAttempts { get; set; }

    /// <summary>When sign-in attempts are allowed again; null if there were not too many.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The secret shared with the user's authenticator app, encrypted; null until setup starts.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>When the app was set up; from then on its codes are required. Null without an app.</summary>
    public DateTimeOffset? TotpEnabledAt { get; set; }

    /// <summary>The time step of the last code that was used, so that no code is used twice.</summary>
    public long TotpLastStep { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
