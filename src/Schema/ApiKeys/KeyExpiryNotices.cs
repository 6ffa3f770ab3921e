using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>
/// Queues an email to the owner 7 days and 1 day before an API key expires. One transaction queues the email and
/// advances the due date, so that each notice is queued exactly once, even with several hosts or after a crash.
/// </summary>
public sealed class KeyExpiryNotices(TenantContexts contexts, RowStamps stamps) : IJob
{
    private const int BatchSize = 100;

    private static readonly TimeSpan[] Ahead = [TimeSpan.FromDays(7), TimeSpan.FromDays(1)];

    /// <returns>When the next expiry notice of a key is due; null if there are no more.</returns>
    public static DateTimeOffset? Next(DateTimeOffset? expiresAt, DateTimeOffset now) =>
        Ahead.Select(ahead => expiresAt - ahead).FirstOrDefault(due => due > now);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await QueueAsync(cancellationToken) == BatchSize)
        {
        }
    }

    /// <returns>The number of keys that were due.</returns>
    private async Task<int> QueueAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var keys = await database.ApiKeys.FromSql(
            $"""
            SELECT * FROM api_keys WHERE expiry_notice_due_at <= {now}
            ORDER BY expiry_notice_due_at LIMIT {BatchSize} FOR NO KEY UPDATE SKIP LOCKED
            """).IgnoreQueryFilters().AsTracking().ToListAsync(cancellationToken);
        var owners = await OwnersAsync(database, keys, cancellationToken);
        foreach (var key in keys)
        {
            if (key.ExpiresAt > now && owners.TryGetValue(key.OrganizationId, out var address))
                database.Add(AccountEmail.Of(
                    stamps.Next(), AccountEmailKind.ApiKeyExpiry, address, apiKeyId: key.Id));
            key.ExpiryNoticeDueAt = Next(key.ExpiresAt, now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return keys.Count;
    }

    private static async Task<Dictionary<Guid, string>> OwnersAsync(
        EquaticketDbContext database, List<ApiKey> keys, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. keys.Select(key => key.OrganizationId).Distinct()];
        return ids.Length == 0
            ? []
            : await database.Memberships.IgnoreQueryFilters()
                .Where(member => ids.Contains(member.OrganizationId) && member.Role == Role.Owner)
                .Join(
                    database.Users, member => member.UserId, user => user.Id,
                    (member, user) => new { member.OrganizationId, user.Email })
                .ToDictionaryAsync(owner => owner.OrganizationId, owner => owner.Email, cancellationToken);
    }
}
