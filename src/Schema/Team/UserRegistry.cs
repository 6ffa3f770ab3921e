using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
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
    /// <param name="email">Unique, ignoring case. An existing user is assigned the role.</param>
    /// <param name="role">The role of the user there.</param>
    /// <param name="password">At least 12 characters; null for no password.</param>
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
        if (password?.Length < Accounts.MinPasswordLength)
        {
            throw ApiError.Validation(
                "password", $"The password must have at least {Accounts.MinPasswordLength} characters.");
        }

        await using var database = contexts.Lease(
            new TenantScope(organization.Id, Livemode: true));
        await RequireFreeAsync(database, email, role, cancellationToken);
        var user = await FindAsync(database, email, cancellationToken) ?? Add(database, email);
        user.EmailConfirmedAt ??= stamps.Now();
        if (password is not null)
            user.PasswordHash = passwords.HashPassword(user, password);
        database.Add(new Membership
        {
            UserId = user.Id,
            Role = role,
            CreatedAt = stamps.Now(),
        });
        AuditLog.Record(database, stamps, actor: null, AuditAction.RoleGranted, user.Id);
        await database.SaveChangesAsync(cancellationToken);
        return user;
    }

    private static async Task RequireFreeAsync(
        EquaticketDbContext database, string email, Role role, CancellationToken cancellationToken)
    {
        var normalized = Normalize(email);
        if (await database.Memberships.AnyAsync(
            m => database.Users.Any(u => u.Id == m.UserId && u.EmailNormalized == normalized),
            cancellationToken))
            throw ApiError.Conflict($"{email} is already a member.", "email");
        if (role == Role.Owner
            && await database.Memberships.AnyAsync(m => m.Role == Role.Owner, cancellationToken))
            throw ApiError.Conflict("The organization already has an owner.", "role");
    }

    private static Task<User?> FindAsync(
        EquaticketDbContext database, string email, CancellationToken cancellationToken)
    {
        var normalized = Normalize(email);
        return database.Users.AsTracking()
            .SingleOrDefaultAsync(u => u.EmailNormalized == normalized, cancellationToken);
    }

    private User Add(EquaticketDbContext database, string email)
    {
        var user = Accounts.NewUser(stamps.Next(), email);
        database.Add(user);
        return user;
    }

    private static string Normalize(string email) => email.ToLowerInvariant();
}
