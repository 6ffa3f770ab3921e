using System.Globalization;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>
/// The user store of ASP.NET Core Identity. User names are email addresses.
/// </summary>
public sealed partial class UserStore(TenantContexts contexts, RowStamps stamps)
    : IUserEmailStore<User>, IUserSecurityStampStore<User>
{
    public void Dispose()
    {
        // Nothing to dispose: each call leases a separate context.
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString("D", CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailNormalized);

    public Task SetNormalizedUserNameAsync(
        User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        database.Add(user);
        await database.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    /// <remarks>
    /// Stores only whether the address is confirmed. <see cref="Accounts"/> changes passwords, so that storing a user
    /// who was read before such a change does not undo it.
    /// </remarks>
    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        user.UpdatedAt = stamps.Now();
        await using var database = contexts.Lease(null);
        await database.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(
            row => row.SetProperty(u => u.EmailConfirmedAt, user.EmailConfirmedAt)
                .SetProperty(u => u.UpdatedAt, user.UpdatedAt),
            cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Users.Where(u => u.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(userId, "D", out var id))
            return null;
        await using var database = contexts.Lease(null);
        return await database.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public async Task<User?> FindByEmailAsync(
        string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.Users.SingleOrDefaultAsync(
            u => u.EmailNormalized == normalizedEmail, cancellationToken);
    }

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.EmailConfirmedAt is not null);

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken)
    {
        user.EmailConfirmedAt = confirmed ? user.EmailConfirmedAt ?? stamps.Now() : null;
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailNormalized);

    public Task SetNormalizedEmailAsync(
        User user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);
}

/// <summary>Normalizes addresses as stored, so lookups ignore case.</summary>
internal sealed class LowerCase : ILookupNormalizer
{
    public string? NormalizeName(string? name) => NormalizeEmail(name);

    public string? NormalizeEmail(string? email) => email is null ? null : EmailKeys.Of(email);
}
