using Equaticket.Persistence;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>
/// Checks an email address and password. An address without an account, a wrong password and a locked account take
/// equally long and get the same response.
/// </summary>
public sealed class SignIn(
    TenantContexts contexts,
    RowStamps stamps,
    UserManager<User> users,
    IPasswordHasher<User> passwords,
    DecoyPassword decoy)
{
    /// <summary>Consecutive failed attempts that lock the account.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    /// <returns>
    /// The user, or null if refused. If an authenticator app is set up, its code completes the sign-in;
    /// the attempt counts as failed until then.
    /// </returns>
    /// <remarks>
    /// Counts the attempt before checking the password, so concurrent attempts
    /// allow no more guesses than sequential ones.
    /// </remarks>
    public async Task<User?> CheckAsync(
        string email, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email);
        var mayTry = await CountAsync(user?.Id ?? Guid.Empty, cancellationToken);
        var isRight = passwords.VerifyHashedPassword(user!, user?.PasswordHash ?? decoy.Hash, password)
            != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || !mayTry || !isRight)
            return null;
        if (user.TotpEnabledAt is null)
            await ForgetAttemptsAsync(user.Id, cancellationToken);
        return user;
    }

    /// <summary>Resets the count for a user who has proved their identity in another way.</summary>
    public async Task ForgetAttemptsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(
            row => row.SetProperty(u => u.SignInAttempts, 0)
                .SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Counts an attempt before the credential is checked.</summary>
    /// <returns>Whether the credential may be checked.</returns>
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

/// <summary>
/// Checked for addresses without a password. Hashed once, so that they take no longer than others.
/// </summary>
public sealed class DecoyPassword(IPasswordHasher<User> passwords)
{
    public string Hash { get; } = passwords.HashPassword(null!, "decoy");
}
