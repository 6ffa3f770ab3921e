namespace Equaticket.Persistence.Emails;

/// <summary>
/// An account email still to be sent. It is queued whether or not the address has an account; whether there is anything
/// to send is decided when it is due.
/// </summary>
public sealed class AccountEmail
{
    public required Guid Id { get; init; }

    public required AccountEmailKind Kind { get; init; }

    /// <summary>The address as the user entered it.</summary>
    public required string Address { get; init; }

    /// <summary>The invitation, for an invitation email; otherwise null.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>The API key, for an email about one; otherwise null.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>When the email is due, or when the sender's claim ends.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>An email that is due immediately.</summary>
    public static AccountEmail Of(
        RowStamp stamp, AccountEmailKind kind, string address, Guid? invitationId = null, Guid? apiKeyId = null) =>
        new()
        {
            Id = stamp.Id,
            Kind = kind,
            Address = address,
            InvitationId = invitationId,
            ApiKeyId = apiKeyId,
            NextAttemptAt = stamp.CreatedAt,
            CreatedAt = stamp.CreatedAt,
        };
}

/// <summary>The kind of an account email.</summary>
public enum AccountEmailKind
{
    /// <summary>Asks the user to confirm the address, or says that an account already exists.</summary>
    SignUp,

    /// <summary>Explains how to choose a new password.</summary>
    PasswordReset,

    /// <summary>Says who invites the recipient to which organization, and how to accept.</summary>
    Invitation,

    /// <summary>Confirms that the password was changed.</summary>
    PasswordChanged,

    /// <summary>Confirms that codes from an authenticator app are no longer required.</summary>
    TotpDisabled,

    /// <summary>Confirms that a passkey was added.</summary>
    PasskeyAdded,

    /// <summary>Warns that an API key expires soon.</summary>
    ApiKeyExpiry,
}
