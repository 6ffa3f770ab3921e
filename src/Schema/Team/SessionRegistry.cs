using System.Security.Cryptography;
using System.Text;
using Equaticket.Persistence;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>A session, looked up by its cookie.</summary>
/// <param name="Session">The stored session.</param>
/// <param name="Email">The user's email address, shown on pages.</param>
public sealed record KnownSession(Session Session, string Email);

/// <summary>Starts, finds, and ends the sessions of signed-in users.</summary>
public sealed class SessionRegistry(TenantContexts contexts, RowStamps stamps)
{
    /// <summary>How long an unused session lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan Accuracy = TimeSpan.FromMinutes(5);

    /// <returns>The session key for the cookie: 256 random bits.</returns>
    public async Task<string> BeginAsync(
        Guid userId, string? address, string? userAgent, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var stamp = stamps.Next();
        await using var database = contexts.Lease(null);
        database.Add(new Session
        {
            Id = stamp.Id,
            UserId = userId,
            KeyHash = Hash(key),
            OrganizationId = await database.Memberships.IgnoreQueryFilters()
                .Where(m => m.UserId == userId).OrderBy(m => m.CreatedAt)
                .Select(m => (Guid?)m.OrganizationId).FirstOrDefaultAsync(cancellationToken),
            Address = address,
            UserAgent = userAgent,
            VerifiedAt = stamp.CreatedAt,
            LastSeenAt = stamp.CreatedAt,
            ExpiresAt = stamp.CreatedAt + Lifetime,
            CreatedAt = stamp.CreatedAt,
        });
        await database.SaveChangesAsync(cancellationToken);
        return key;
    }

    /// <returns>The session, or null if the key is unknown or the session has ended.</returns>
    public async Task<KnownSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(key), stamps.Now());
        await using var database = contexts.Lease(null);
        var found = await database.Sessions.Where(s => s.KeyHash == hash && s.ExpiresAt > now)
            .Join(database.Users, s => s.UserId, u => u.Id, (s, u) => new KnownSession(s, u.Email))
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not null && now - found.Session.LastSeenAt > Accuracy)
            await TouchAsync(database, found.Session.Id, now, cancellationToken);
        return found;
    }

    /// <returns>Whether the session is still open. Asking doesn't count as use of the session.</returns>
    public async Task<bool> IsOpenAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        return await database.Sessions.AnyAsync(s => s.Id == id && s.ExpiresAt > now, cancellationToken);
    }

    /// <returns>The user's open sessions, newest first.</returns>
    public async Task<IReadOnlyList<Session>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        return await database.Sessions.Where(s => s.UserId == userId && s.ExpiresAt > now)
            .OrderByDescending(s => s.CreatedAt).Take(100).ToListAsync(cancellationToken);
    }

    /// <summary>Remembers the organization and mode the user opened last.</summary>
    public async Task OpenAsync(Guid id, Guid organizationId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(s => s.OrganizationId, organizationId), cancellationToken);
    }

    /// <summary>Records that the user has just confirmed their identity again.</summary>
    public async Task VerifyAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(s => s.VerifiedAt, now), cancellationToken);
    }

    public async Task EndAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Hash(key);
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Ends one session of the user. Has no effect on another user's session.</summary>
    public async Task EndAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.UserId == userId && s.Id == id)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <param name="userId">The owner of the sessions.</param>
    /// <param name="except">The session to keep; null to end them all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task EndAllAsync(Guid userId, Guid? except, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.UserId == userId && s.Id != except)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes expired rows.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task TouchAsync(
        EquaticketDbContext database, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(s => s.LastSeenAt, now)
                .SetProperty(s => s.ExpiresAt, now + Lifetime),
            cancellationToken);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
