using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Adds and removes users' passkeys.</summary>
public sealed class PasskeyRegistry(TenantContexts contexts, RowStamps stamps, AccountActs acts)
{
    private const int MaxPasskeys = 20;

    private static readonly TextRule NameRule = new((1, 100));

    /// <exception cref="ApiError">The name is blank or too long.</exception>
    public static string RequireName(string name) => NameRule.Require(name, "name");

    /// <summary>The error if a passkey does not prove who its user is.</summary>
    public static ApiError Refusal() => ApiError.Validation(null, "The passkey was not accepted. Try again.");

    /// <returns>The user's passkeys, oldest first.</returns>
    public async Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.Passkeys.Where(p => p.UserId == userId)
            .OrderBy(p => p.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <exception cref="ApiError">The user has too many passkeys, or this one is already registered.</exception>
    public async Task AddAsync(User user, UserPasskeyInfo made, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Passkeys.CountAsync(p => p.UserId == user.Id, cancellationToken) >= MaxPasskeys)
            throw ApiError.Validation(null, $"You can have {MaxPasskeys} passkeys. Remove one first.");
        if (await database.Passkeys.AnyAsync(p => p.CredentialId == made.CredentialId, cancellationToken))
            throw ApiError.Validation(null, "This passkey is already added.");
        database.Add(new Passkey
        {
            CredentialId = made.CredentialId,
            UserId = user.Id,
            Name = made.Name!,
            PublicKey = made.PublicKey,
            SignCount = made.SignCount,
            Transports = made.Transports ?? [],
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            CreatedAt = stamps.Now(),
        });
        await database.SaveChangesAsync(cancellationToken);
        await acts.RecordAsync(
            database, user, AuditAction.PasskeyAdded, AccountEmailKind.PasskeyAdded, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <param name="user">The owner of the passkey.</param>
    /// <param name="id">The credential id, in hexadecimal.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task RemoveAsync(User user, string id, CancellationToken cancellationToken)
    {
        var credentialId = ReadId(id);
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Passkeys.Where(p => p.UserId == user.Id && p.CredentialId == credentialId)
            .ExecuteDeleteAsync(cancellationToken) == 0)
            return;
        await acts.RecordAsync(database, user, AuditAction.PasskeyRemoved, notice: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static byte[] ReadId(string id)
    {
        try
        {
            return Convert.FromHexString(id);
        }
        catch (FormatException)
        {
            throw ApiError.Validation(null, "This passkey does not exist.");
        }
    }
}
