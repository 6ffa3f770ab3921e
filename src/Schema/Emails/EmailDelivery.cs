using System.Diagnostics.Metrics;
using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued e-mails that are due, of every organization. Any number of hosts may do so at once:
/// each e-mail is claimed for a while. One that was sent by a host which then died is sent again, with
/// the same <c>Message-Id</c>.
/// </summary>
public sealed class EmailDelivery(
    TenantContexts contexts,
    RowStamps stamps,
    EmailComposer composer,
    IEmailTransport transport,
    IMeterFactory meters,
    ILogger<EmailDelivery> log)
{
    /// <summary>How long whoever claimed an e-mail has it to itself.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>When to try again after each failure; after the last one the e-mail is given up.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    private readonly Counter<long> _ended = meters.Create("Equaticket").CreateCounter<long>(
        "equaticket.emails", description: "Attempts to send e-mails, by what they came to.");

    /// <summary>Sends until none is due, or the mail server cannot be had.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = transport.Open();
        while (await ClaimAsync(cancellationToken) is { } email)
        {
            if (!await AttemptAsync(connection, email, cancellationToken))
                return;
        }
    }

    private async Task<QueuedEmail?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        var leaseEnd = now + Lease;
        await using var database = contexts.Lease(null);
        var claimed = await database.QueuedEmails.FromSql(
            $"""
            UPDATE queued_emails SET next_attempt_at = {leaseEnd}, attempts = attempts + 1
            WHERE (organization_id, id) = (
                SELECT organization_id, id FROM queued_emails WHERE next_attempt_at <= {now}
                ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    /// <returns>Whether it makes sense to go on with others.</returns>
    /// <remarks>An e-mail that fails for a reason of its own must not hold up the others.</remarks>
    private async Task<bool> AttemptAsync(
        IEmailConnection connection, QueuedEmail email, CancellationToken cancellationToken)
    {
        try
        {
            var subject = await EmailSubject.ReadAsync(contexts, email, cancellationToken);
            var message = subject is null
                ? null
                : await composer.ComposeAsync(subject, cancellationToken);
            if (message is not null)
                await connection.SendAsync(message, cancellationToken);
            await EndAsync(email, message is null ? "dropped" : "sent", message is not null);
            return true;
        }
        catch (EmailRefusedException refusal)
        {
            await GiveUpAsync(email, refusal.Message);
            return true;
        }
        catch (EmailUndeliveredException failure)
        {
            await PostponeAsync(email, failure.Message);
            return !failure.IsOutage;
        }
        catch (Exception fault) when (DatabaseErrors.Translate(fault) is null
            && fault is not OperationCanceledException)
        {
            // Only where it happened is logged, not what was said: that may quote the buyer.
            log.LogError(
                "E-mail {EmailId} failed: {Fault}\n{Stack}", email.Id, fault.GetType(), fault.StackTrace);
            await PostponeAsync(email, "of a fault of ours");
            return true;
        }
    }

    private async Task PostponeAsync(QueuedEmail email, string reason)
    {
        if (email.Attempts > Waits.Length)
        {
            await GiveUpAsync(email, reason);
            return;
        }

        log.LogWarning(
            "E-mail {EmailId} was not sent at attempt {Attempt} and will be tried again: {Reason}.",
            email.Id, email.Attempts, reason);
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", "postponed"));
        await KeepAsync(email, stamps.Now() + Waits[email.Attempts - 1], sentAt: null);
    }

    private Task GiveUpAsync(QueuedEmail email, string reason)
    {
        log.LogError(
            "E-mail {EmailId} is given up after {Attempts} attempts: {Reason}.",
            email.Id, email.Attempts, reason);
        return EndAsync(email, "given_up", isSent: false);
    }

    private Task EndAsync(QueuedEmail email, string outcome, bool isSent)
    {
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        return KeepAsync(email, nextAttemptAt: null, isSent ? stamps.Now() : null);
    }

    /// <remarks>
    /// Not cancelled by the end of the host: what was sent is noted. Whoever claimed the e-mail since,
    /// because this took too long, is not disturbed.
    /// </remarks>
    private async Task KeepAsync(
        QueuedEmail email, DateTimeOffset? nextAttemptAt, DateTimeOffset? sentAt)
    {
        await using var database = contexts.Lease(new(email.OrganizationId, email.Livemode));
        await database.QueuedEmails
            .Where(row => row.Id == email.Id && row.Attempts == email.Attempts)
            .ExecuteUpdateAsync(
                row => row.SetProperty(e => e.NextAttemptAt, nextAttemptAt)
                    .SetProperty(e => e.SentAt, sentAt),
                CancellationToken.None);
    }
}
