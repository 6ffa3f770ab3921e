using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>
/// Account operations that need no session. None of them reveals whether an
/// address has an account: only the owner of the address learns it, by email.
/// </summary>
public sealed class Accounts(
    TenantContexts contexts,
    RowStamps stamps,
    UserManager<User> users,
    IPasswordHasher<User> passwords,
    AccountActs acts,
    ICurrentRequest request)
{
    private const int MinPasswordLength = 12;
    private const int MaxPasswordLength = 200;

    internal static readonly TextRule EmailRule = new(Format: TextFormats.Email);

    /// <summary>
    /// Creates a user and their organization. The user can sign in once the address is confirmed. An
    /// existing account is left unchanged.
    /// </summary>
    /// <exception cref="ApiError">The name, address, or password is invalid.</exception>
    public async Task SignUpAsync(
        string organization, string email, string password, CancellationToken cancellationToken)
    {
        organization = OrganizationRegistry.NameRule.Require(organization, "organization");
        email = EmailRule.Require(email, "email");
        RequireGoodPassword(password, email);
        var (person, owner) = (stamps.Next(), stamps.Next());
        var user = NewUser(person, email);
        user.PasswordHash = passwords.HashPassword(user, password);
        await using var database = contexts.Lease(new TenantScope(owner.Id, Livemode: true));
        database.Trace = request.Trace;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(database, user.EmailNormalized, cancellationToken);
        if (!await database.Users.AnyAsync(u => u.EmailNormalized == user.EmailNormalized, cancellationToken))
        {
            database.Add(user);
            database.Add(new Organization
            {
                Id = owner.Id,
                Slug = await SlugAsync(database, organization, cancellationToken),
                Name = organization,
                Plan = Plan.Free,
                CreatedAt = owner.CreatedAt,
                UpdatedAt = owner.CreatedAt,
            });
            database.Add(new Membership { UserId = user.Id, Role = Role.Owner, CreatedAt = person.CreatedAt });
            AuditLog.Record(database, stamps, actor: null, AuditAction.RoleGranted, user.Id);
        }

        database.Add(AccountEmail.Of(stamps.Next(), AccountEmailKind.SignUp, email));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Whether the link was valid.</returns>
    public async Task<bool> ConfirmEmailAsync(string userId, string token) =>
        await users.FindByIdAsync(userId) is { } user
        && (await users.ConfirmEmailAsync(user, token)).Succeeded;

    /// <summary>Sends a link to choose a new password, if the address has an account.</summary>
    /// <exception cref="ApiError">The address is invalid.</exception>
    public async Task RequestPasswordResetAsync(string email, CancellationToken cancellationToken)
    {
        email = EmailRule.Require(email, "email");
        await using var database = contexts.Lease(null);
        database.Add(AccountEmail.Of(stamps.Next(), AccountEmailKind.PasswordReset, email));
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Resends the link that confirms the address.</summary>
    public async Task RequestConfirmationAsync(User user, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        database.Add(AccountEmail.Of(stamps.Next(), AccountEmailKind.SignUp, user.Email));
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Sets a new password, confirms the address and signs out everywhere.</summary>
    /// <returns>Whether the link was valid.</returns>
    /// <exception cref="ApiError">The password is invalid.</exception>
    public async Task<bool> ResetPasswordAsync(
        string userId, string token, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(userId);
        RequireGoodPassword(password, user?.Email ?? "");
        var provider = users.Options.Tokens.PasswordResetTokenProvider;
        return user is not null
            && await users.VerifyUserTokenAsync(user, provider, UserManager<User>.ResetPasswordTokenPurpose, token)
            && await SetPasswordAsync(user, password, session: null, cancellationToken);
    }

    /// <summary>Sets a new password and ends all other sessions.</summary>
    /// <exception cref="ApiError">The password is invalid, or was changed in the meantime.</exception>
    public async Task ChangePasswordAsync(
        User user, string password, Guid session, CancellationToken cancellationToken)
    {
        RequireGoodPassword(password, user.Email, "new_password");
        if (!await SetPasswordAsync(user, password, session, cancellationToken))
            throw ApiError.Validation("password", "Your password was changed in the meantime.");
    }

    internal static User NewUser(RowStamp stamp, string email) => new()
    {
        Id = stamp.Id,
        Email = email,
        EmailNormalized = EmailKeys.Of(email),
        SecurityStamp = $"{stamp.Id:N}",
        CreatedAt = stamp.CreatedAt,
        UpdatedAt = stamp.CreatedAt,
    };

    internal static void RequireGoodPassword(string password, string email, string field = "password")
    {
        if (password.Length is < MinPasswordLength or > MaxPasswordLength)
        {
            throw ApiError.Validation(
                field, $"Use {MinPasswordLength} to {MaxPasswordLength} characters.");
        }

        if (password.Distinct().Count() < 5 || password.Equals(email, StringComparison.OrdinalIgnoreCase))
            throw ApiError.Validation(field, "This password is easy to guess. Use another one.");
    }

    /// <param name="user">The user, who owns the address.</param>
    /// <param name="password">The new password.</param>
    /// <param name="session">The session to keep; null to end them all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the password was changed after the user was read.</returns>
    private async Task<bool> SetPasswordAsync(
        User user, string password, Guid? session, CancellationToken cancellationToken)
    {
        var (hash, stamp, now) = (passwords.HashPassword(user, password), $"{stamps.Next().Id:N}", stamps.Now());
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Users.Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp)
            .ExecuteUpdateAsync(
                row => row.SetProperty(u => u.PasswordHash, hash).SetProperty(u => u.SecurityStamp, stamp)
                    .SetProperty(u => u.EmailConfirmedAt, u => u.EmailConfirmedAt ?? now)
                    .SetProperty(u => u.SignInAttempts, 0).SetProperty(u => u.LockedUntil, (DateTimeOffset?)null)
                    .SetProperty(u => u.UpdatedAt, now),
                cancellationToken) == 0)
            return false;
        await database.Sessions.Where(s => s.UserId == user.Id && s.Id != session)
            .ExecuteDeleteAsync(cancellationToken);
        await acts.RecordAsync(
            database, user, AuditAction.PasswordChanged, AccountEmailKind.PasswordChanged, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The slug of the name, with a number appended if it is taken.</summary>
    private static async Task<string> SlugAsync(
        EquaticketDbContext database, string name, CancellationToken cancellationToken)
    {
        var slug = EventSlugs.FromTitle(name);
        await LockAsync(database, $"organization {slug}", cancellationToken);
        var taken = await database.Organizations.Where(o => o.Slug.StartsWith(slug))
            .Select(o => o.Slug).ToHashSetAsync(cancellationToken);
        return EventSlugs.Free(slug, taken);
    }

    internal static Task LockAsync(
        EquaticketDbContext database, string name, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);
}
