using Equaticket.Persistence;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>
/// Checks e-mail address and password. Takes as long, and says as much, for an address without an
/// account as for a wrong password or an account that is locked.
/// </summary>
public sealed class SignIn(
    TenantContexts contexts, RowStamps stamps, UserManager<User> users, IPasswordHasher<User> passwords)
{
    /// <summary>How many attempts may fail in a row before the account is locked.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    private readonly Lazy<string> _decoy = new(() => passwords.HashPassword(null!, "decoy"));

    /// <returns>
    /// The person, or null when they are not let in. Whoever has an authenticator app is let in by its code;
    /// until then their attempts stay counted.
    /// </returns>
    /// <remarks>
    /// The attempt is counted before the password is looked at, so that many at once are no more guesses
    /// than one after another.
    /// </remarks>
    public async Task<User?> CheckAsync(
        string email, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email);
        var mayTry = await CountAsync(user?.Id ?? Guid.Empty, cancellationToken);
        var isRight = passwords.VerifyHashedPassword(user!, user?.PasswordHash ?? _decoy.Value, password)
            != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || !mayTry || !isRight)
            return null;
        if (user.TotpEnabledAt is null)
            await ForgetAttemptsAsync(user.Id, cancellationToken);
        return user;
    }

    /// <summary>Lets a person try again who has shown in another way who they are.</summary>
    public async Task ForgetAttemptsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(
            row => row.SetProperty(u => u.SignInAttempts, 0)
                .SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Counts an attempt, before what was given is looked at.</summary>
    /// <returns>Whether it may be looked at.</returns>
    public async Task<bool> CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        var until = now + Lock;
        await using var database = contexts.Lease(null);
        return await database.Users
            .Where(u => u.Id == userId && (u.LockedUntil == null || u.LockedUntil <= now))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(u => u.LockedUntil, u => u.SignInAttempts + 1 >= MaxAttempts ? until : null)
                    .SetProperty(u => u.SignInAttempts, u => (u.SignInAttempts + 1) % MaxAttempts),
                cancellationToken) > 0;
    }
}
