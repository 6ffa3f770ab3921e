using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Creates users and assigns roles, for operators.</summary>
public sealed class UserRegistry(
    TenantContexts contexts, RowStamps stamps, IPasswordHasher<User> passwords)
{
    /// <param name="organization">The organization to assign the role in.</param>
    /// <param name="email">
    /// Unique, ignoring case. An existing user is assigned the role, and keeps the password if they have confirmed the
    /// address.
    /// </param>
    /// <param name="role">The role of the user there.</param>
    /// <param name="password">Replaces the user's password and ends their sessions; null for no new password.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">
    /// The address or password is invalid, the user is already a member, or the organization
    /// already has an owner.
    /// </exception>
    public async Task<User> CreateAsync(
        Organization organization,
        string email,
        Role role,
        string? password,
        CancellationToken cancellationToken)
    {
        email = Accounts.EmailRule.Require(email, "email");
        if (password is not null)
            Accounts.RequireGoodPassword(password, email);
        await using var database = contexts.Lease(
            new TenantScope(organization.Id, Livemode: true));
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var user = await FindOrAddAsync(database, stamps, email, cancellationToken);
        await RequireFreeAsync(database, user, role, cancellationToken);
        if (password is not null || user.EmailConfirmedAt is null)
            await ReplacePasswordAsync(database, user, password, cancellationToken);
        user.EmailConfirmedAt ??= stamps.Now();
        database.Add(new Membership
        {
            UserId = user.Id,
            Role = role,
            CreatedAt = stamps.Now(),
        });
        AuditLog.Record(database, stamps, actor: null, AuditAction.RoleGranted, user.Id);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return user;
    }

    /// <summary>Finds the user of an address, or adds one, and locks the address.</summary>
    internal static async Task<User> FindOrAddAsync(
        EquaticketDbContext database, RowStamps stamps, string email, CancellationToken cancellationToken)
    {
        var normalized = EmailKeys.Of(email);
        await Accounts.LockAsync(database, normalized, cancellationToken);
        var user = await database.Users.AsTracking()
            .SingleOrDefaultAsync(u => u.EmailNormalized == normalized, cancellationToken);
        return user ?? database.Add(Accounts.NewUser(stamps.Next(), email)).Entity;
    }

    private static async Task RequireFreeAsync(
        EquaticketDbContext database, User user, Role role, CancellationToken cancellationToken)
    {
        if (await database.Memberships.AnyAsync(m => m.UserId == user.Id, cancellationToken))
            throw ApiError.Conflict($"{user.Email} is already a member.", "email");
        if (role == Role.Owner
            && await database.Memberships.AnyAsync(m => m.Role == Role.Owner, cancellationToken))
            throw ApiError.Conflict("The organization already has an owner.", "role");
    }

    /// <remarks>Someone else may have chosen the password of an account whose address was never confirmed.</remarks>
    private async Task ReplacePasswordAsync(
        EquaticketDbContext database, User user, string? password, CancellationToken cancellationToken)
    {
        user.PasswordHash = password is null ? null : passwords.HashPassword(user, password);
        user.SecurityStamp = $"{stamps.Next().Id:N}";
        await database.Sessions.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
