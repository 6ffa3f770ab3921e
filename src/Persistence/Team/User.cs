namespace Equaticket.Persistence.Team;

/// <summary>A person who signs in. Belongs to organizations through <see cref="Membership"/>.</summary>
public sealed class User
{
    public required Guid Id { get; init; }

    /// <summary>As entered by the person.</summary>
    public required string Email { get; set; }

    /// <summary><see cref="Email"/> in lower case; unique.</summary>
    public required string EmailNormalized { get; set; }

    /// <summary>In In ASP.NET Core Identity's format; null while no password is set.</summary>
    public string? PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
