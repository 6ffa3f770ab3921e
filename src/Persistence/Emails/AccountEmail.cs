namespace Equaticket.Persistence.Emails;

/// <summary>
/// An e-mail about an account, still to be sent. It is queued alike for addresses with and without an
/// account; whether there is something to send is found when it is due.
/// </summary>
public sealed class AccountEmail
{
    public required Guid Id { get; init; }

    public required AccountEmailKind Kind { get; init; }

    /// <summary>As the person wrote it.</summary>
    public required string Address { get; init; }

    /// <summary>The invitation, of an email about one; otherwise null.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>The API key, of an email about one; otherwise null.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>When it is to be sent, and until when whoever sends it has it to itself.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an e-mail about an account tells.</summary>
public enum AccountEmailKind
{
    /// <summary>How to confirm the address, or that there is an account already.</summary>
    SignUp,

    /// <summary>How to choose a new password.</summary>
    PasswordReset,

    /// <summary>Who invites the person to what, and how to accept.</summary>
    Invitation,

    /// <summary>That the password was changed.</summary>
    PasswordChanged,

    /// <summary>That codes from an authenticator app are no longer asked for.</summary>
    TotpDisabled,

    /// <summary>That a passkey was added.</summary>
    PasskeyAdded,

    /// <summary>That an API key expires soon.</summary>
    ApiKeyExpiry,
}
