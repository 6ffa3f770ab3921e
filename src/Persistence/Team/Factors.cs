namespace Equaticket.Persistence.Team;

/// <summary>A passkey of a person: the public half of a key that only their device can use.</summary>
public sealed class Passkey
{
    /// <summary>Chosen by the authenticator; unique.</summary>
    public required byte[] CredentialId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>1–100 characters, chosen by the person.</summary>
    public required string Name { get; set; }

    /// <summary>In COSE format.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>Counts signatures, on authenticators that do; a lower number than before reveals a copy.</summary>
    public required long SignCount { get; set; }

    /// <summary>How browsers reach the authenticator, such as <c>internal</c> or <c>usb</c>.</summary>
    public required string[] Transports { get; init; }

    /// <summary>Whether the authenticator may copy it to other devices.</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>Whether it has been copied, so that losing the device does not lose the passkey.</summary>
    public required bool IsBackedUp { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A code that replaces one from the authenticator app, once. Deleted when used.</summary>
public sealed class RecoveryCode
{
    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the code, 32 bytes.</summary>
    public required byte[] CodeHash { get; init; }
}
