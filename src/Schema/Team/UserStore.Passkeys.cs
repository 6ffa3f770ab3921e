using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <content>
/// Reads passkeys for Identity when one is used. <see cref="PasskeyRegistry"/> adds and removes them.
/// </content>
public sealed partial class UserStore : IUserPasskeyStore<User>
{
    /// <remarks>
    /// The counter must grow, so one of two cloned passkeys used at the same time is refused. A passkey that doesn't
    /// count sends 0.
    /// </remarks>
    /// <exception cref="ApiError">The counter did not grow, or the passkey was removed.</exception>
    public async Task AddOrUpdatePasskeyAsync(
        User user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        if (await database.Passkeys
            .Where(p => p.CredentialId == passkey.CredentialId && p.UserId == user.Id
                && (p.SignCount == 0 || p.SignCount < passkey.SignCount))
            .ExecuteUpdateAsync(
                row => row.SetProperty(p => p.SignCount, (long)passkey.SignCount)
                    .SetProperty(p => p.IsBackedUp, passkey.IsBackedUp)
                    .SetProperty(p => p.LastUsedAt, now),
                cancellationToken) == 0)
            throw PasskeyRegistry.Refusal();
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var passkeys = await database.Passkeys.Where(p => p.UserId == user.Id).ToListAsync(cancellationToken);
        return passkeys.ConvertAll(Info);
    }

    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.Passkeys.Where(p => p.CredentialId == credentialId)
            .Join(database.Users, p => p.UserId, u => u.Id, (_, u) => u).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var passkey = await database.Passkeys.SingleOrDefaultAsync(
            p => p.UserId == user.Id && p.CredentialId == credentialId, cancellationToken);
        return passkey is null ? null : Info(passkey);
    }

    public async Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Passkeys.Where(p => p.UserId == user.Id && p.CredentialId == credentialId)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <remarks>Attestation is not stored: authenticator models are not verified.</remarks>
    private static UserPasskeyInfo Info(Passkey passkey) => new(
        passkey.CredentialId,
        passkey.PublicKey,
        passkey.CreatedAt,
        (uint)passkey.SignCount,
        passkey.Transports,
        isUserVerified: true,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        attestationObject: [],
        clientDataJson: [])
    {
        Name = passkey.Name,
    };
}
