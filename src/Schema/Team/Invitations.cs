using System.Security.Cryptography;
using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>An invitation, as shown to the user who opens its link.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Organization">The organization to join.</param>
/// <param name="HasAccount">Whether the address has an account that can sign in.</param>
public sealed record OpenInvitation(Invitation Invitation, Organization Organization, bool HasAccount);

/// <summary>
/// Accepts invitations by the token in their links. Holding the token proves access to the address's mail.
/// </summary>
public sealed class Invitations(
    TenantContexts contexts, RowStamps stamps, IPasswordHasher<User> passwords, ICurrentRequest request)
{
    /// <returns>Null if the token is unknown or the invitation is no longer open.</returns>
    public async Task<OpenInvitation?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(token), stamps.Now());
        await using var database = contexts.Lease(null);
        return await database.Invitations.IgnoreQueryFilters()
            .Where(i => i.TokenHash == hash && i.ExpiresAt > now)
            .Join(database.Organizations, i => i.OrganizationId, o => o.Id, (i, o) => new OpenInvitation(
                i, o, database.Users.Any(u => u.EmailNormalized == i.EmailNormalized && u.EmailConfirmedAt != null)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Adds an existing user to the organization.</summary>
    /// <returns>The organization's slug.</returns>
    /// <exception cref="ApiError">The invitation is no longer valid, or the user is already a member.</exception>
    public Task<string> AcceptAsync(string token, Guid userId, CancellationToken cancellationToken) => AcceptAsync(
        token, database => database.Users.SingleAsync(u => u.Id == userId, cancellationToken), cancellationToken);

    /// <summary>
    /// Creates an account for the address and adds it to the organization. The link confirms the address.
    /// </summary>
    /// <returns>The new user.</returns>
    /// <exception cref="ApiError">The invitation is no longer valid, or the password is invalid.</exception>
    public async Task<User> AcceptAsNewAsync(string token, string password, CancellationToken cancellationToken)
    {
        var open = await FindAsync(token, cancellationToken) ?? throw Invalid();
        Accounts.RequireGoodPassword(password, open.Invitation.Email);
        User? user = null;
        await AcceptAsync(
            token,
            async database => user = await AccountAsync(database, open.Invitation.Email, password, cancellationToken),
            cancellationToken);
        return user!;
    }

    /// <summary>Creates the token of an invitation whose email is about to be sent.</summary>
    /// <returns>Null if the invitation was accepted or cancelled, or has expired.</returns>
    internal async Task<(OpenInvitation Invitation, string Token)?> IssueAsync(
        Guid id, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var hash = Hash(token);
        await using var database = contexts.Lease(null);
        await database.Invitations.IgnoreQueryFilters().Where(i => i.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(i => i.TokenHash, hash), cancellationToken);
        return await FindAsync(token, cancellationToken) is { } found ? (found, token) : null;
    }

    /// <summary>Deletes expired rows.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        await database.Invitations.IgnoreQueryFilters().Where(i => i.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <remarks>Deletes the invitation first, so the link works once even under concurrent use.</remarks>
    private async Task<string> AcceptAsync(
        string token, Func<EquaticketDbContext, Task<User>> findUser, CancellationToken cancellationToken)
    {
        var (invitation, organization, _) = await FindAsync(token, cancellationToken) ?? throw Invalid();
        await using var database = contexts.Lease(new TenantScope(organization.Id, Livemode: true));
        database.Trace = request.Trace;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Invitations.Where(i => i.Id == invitation.Id && i.TokenHash == invitation.TokenHash)
            .ExecuteDeleteAsync(cancellationToken) == 0)
            throw Invalid();
        var user = await findUser(database);
        if (await database.Memberships.AnyAsync(m => m.UserId == user.Id, cancellationToken))
            throw ApiError.Validation(null, $"{user.Email} is already a member of {organization.Name}.");
        database.Add(new Membership { UserId = user.Id, Role = invitation.Role, CreatedAt = stamps.Now() });
        var actor = Caller.ForSession(user.Id, invitation.Role, organization, livemode: true);
        AuditLog.Record(
            database, stamps, actor, AuditAction.MemberJoined, user.Id,
            $"invited as {invitation.Email}, {WireNames<Role>.Of(invitation.Role)}");
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return organization.Slug;
    }

    /// <remarks>
    /// Someone else may have signed up with the address without confirming it. Their password is replaced.
    /// </remarks>
    private async Task<User> AccountAsync(
        EquaticketDbContext database, string email, string password, CancellationToken cancellationToken)
    {
        var user = await UserRegistry.FindOrAddAsync(database, stamps, email, cancellationToken);
        if (user.EmailConfirmedAt is not null)
            throw ApiError.Validation(null, $"{email} has an account. Sign in to join.");
        user.SecurityStamp = $"{stamps.Next().Id:N}";
        user.PasswordHash = passwords.HashPassword(user, password);
        user.EmailConfirmedAt = stamps.Now();
        return user;
    }

    private static ApiError Invalid() =>
        ApiError.Validation(null, "This invitation is no longer valid. Ask for a new one.");

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
