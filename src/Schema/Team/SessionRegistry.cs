using System.Security.Cryptography;
using System.Text;
using Equaticket.Persistence;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>A session as its cookie finds it.</summary>
/// <param name="Session">The row.</param>
/// <param name="Email">The person's address, for the page.</param>
public sealed record KnownSession(Session Session, string Email);

/// <summary>Begins, finds and ends the sessions of people who are signed in.</summary>
public sealed class SessionRegistry(TenantContexts contexts, RowStamps stamps)
{
    /// <summary>How long a session lasts that nobody uses.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan Accuracy = TimeSpan.FromMinutes(5);

    /// <returns>The key for the cookie: 256 random bits.</returns>
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

    /// <returns>The session, or null when the key opens none, or none any more.</returns>
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

    /// <returns>The open sessions of a person, newest first.</returns>
    public async Task<IReadOnlyList<Session>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        return await database.Sessions.Where(s => s.UserId == userId && s.ExpiresAt > now)
            .OrderByDescending(s => s.CreatedAt).Take(100).ToListAsync(cancellationToken);
    }

    /// <summary>Remembers whose data the person opened last.</summary>
    public async Task OpenAsync(Guid id, Guid organizationId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(s => s.OrganizationId, organizationId), cancellationToken);
    }

    /// <summary>Notes that the person has just proved again who they are.</summary>
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

    /// <summary>Ends one session of a person; another person's is left alone.</summary>
    public async Task EndAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.UserId == userId && s.Id == id)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <param name="userId">Whose sessions.</param>
    /// <param name="except">The one that goes on; null to end them all.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task EndAllAsync(Guid userId, Guid? except, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await database.Sessions.Where(s => s.UserId == userId && s.Id != except)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes what has expired.</summary>
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
