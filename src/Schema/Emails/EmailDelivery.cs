using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued e-mails that are due, for all organizations. The e-mails of one kind and
/// organization form a lane: a lane sends one after another, and several lanes send concurrently. Any
/// number of hosts may do so at once: each e-mail is claimed for a while. One that was sent by a host
/// which then died is sent again, with the same <c>Message-Id</c>.
/// </summary>
public sealed class EmailDelivery(
    TenantContexts contexts,
    RowStamps stamps,
    TimeProvider clock,
    EmailAttempts attempts,
    IEmailTransport transport)
{
    private const int MaxLanes = 8;

    /// <summary>How long a claim on an e-mail lasts.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How soon a lane that fills while others send is noticed.</summary>
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(1);

    /// <summary>Sends until none is due, or the mail server cannot be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connections = new EmailConnections(transport);
        var (sending, goesOn) = (new Dictionary<EmailLane, Task<bool>>(), true);
        try
        {
            while (true)
            {
                if (goesOn && sending.Count < MaxLanes)
                {
                    foreach (var email in await ClaimAsync(sending.Keys, cancellationToken))
                        sending.Add(EmailLane.Of(email), SendAsync(connections, email, cancellationToken));
                }

                if (sending.Count == 0)
                    return;
                await Task.WhenAny(
                    [.. sending.Values, Task.Delay(NextLook, clock, cancellationToken)]);
                foreach (var (lane, attempt) in sending.Where(s => s.Value.IsCompleted).ToList())
                {
                    sending.Remove(lane);
                    goesOn &= await attempt;
                }
            }
        }
        finally
        {
            await Task.WhenAll(sending.Values.Cast<Task>())
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> SendAsync(
        EmailConnections connections, QueuedEmail email, CancellationToken cancellationToken)
    {
        var connection = connections.Take();
        try
        {
            return await attempts.MakeAsync(connection, email, cancellationToken);
        }
        finally
        {
            connections.GiveBack(connection);
        }
    }

    /// <remarks>
    /// Lanes with waiting e-mails are found by a loose index scan that jumps from one to the
    /// next. Each idle lane yields one e-mail, in a varying order: however many wait in one,
    /// the others get their turn.
    /// </remarks>
    private async Task<List<QueuedEmail>> ClaimAsync(
        IReadOnlyCollection<EmailLane> busy, CancellationToken cancellationToken)
    {
        var (now, leaseEnd) = (stamps.Now(), stamps.Now() + Lease);
        var organizations = busy.Select(lane => lane.OrganizationId).ToArray();
        var kinds = busy.Select(lane => WireNames<EmailKind>.Of(lane.Kind)).ToArray();
        await using var database = contexts.Lease(null);
        return await database.QueuedEmails.FromSql(
            $"""
            WITH RECURSIVE lane AS (
                (SELECT organization_id, kind FROM queued_emails
                WHERE next_attempt_at IS NOT NULL ORDER BY organization_id, kind LIMIT 1)
                UNION ALL
                SELECT next.organization_id, next.kind FROM lane CROSS JOIN LATERAL (
                    SELECT organization_id, kind FROM queued_emails
                    WHERE next_attempt_at IS NOT NULL
                        AND (organization_id, kind) > (lane.organization_id, lane.kind)
                    ORDER BY organization_id, kind LIMIT 1) AS next),
            due AS (
                SELECT email.organization_id, email.id
                FROM (SELECT organization_id, kind FROM lane
                    WHERE (organization_id, kind) NOT IN (
                        SELECT * FROM unnest({organizations}, {kinds}))
                    ORDER BY random()) AS idle
                CROSS JOIN LATERAL (
                    SELECT organization_id, id FROM queued_emails
                    WHERE organization_id = idle.organization_id AND kind = idle.kind
                        AND next_attempt_at <= {now}
                    ORDER BY next_attempt_at LIMIT 1
                    FOR UPDATE SKIP LOCKED) AS email
                LIMIT {MaxLanes - busy.Count})
            UPDATE queued_emails AS email
            SET next_attempt_at = {leaseEnd}, attempts = attempts + 1
            FROM due WHERE email.organization_id = due.organization_id AND email.id = due.id
            RETURNING email.*
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
    }
}

/// <summary>The e-mails of one kind and organization, which are sent one after another.</summary>
internal readonly record struct EmailLane(Guid OrganizationId, EmailKind Kind)
{
    public static EmailLane Of(QueuedEmail email) => new(email.OrganizationId, email.Kind);
}
