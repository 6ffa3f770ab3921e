using System.Diagnostics.Metrics;
using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Emails;

/// <summary>Tries to send a claimed email and records the outcome.</summary>
public sealed class EmailAttempts(
    TenantContexts contexts,
    RowStamps stamps,
    EmailComposer composer,
    IMeterFactory meters,
    ILogger<EmailAttempts> log)
{
    /// <summary>The delay after each failure. After the last one, the email is given up.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    private readonly Counter<long> _ended = meters.Create(Telemetry.MeterName).CreateCounter<long>(
        "equaticket.emails", description: "Attempts to send emails, by outcome.");

    /// <returns>Whether to continue with other emails.</returns>
    /// <remarks>An email that fails for its own reasons must not delay the others.</remarks>
    internal async Task<bool> MakeAsync(
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
            // Logs only the location, because the message may quote the buyer.
            log.LogError(
                "Email {EmailId} failed: {Fault}\n{Stack}", email.Id, fault.GetType(), fault.StackTrace);
            await PostponeAsync(email, "an internal error");
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
            "Email {EmailId} was not sent on attempt {Attempt} and will be retried: {Reason}.",
            email.Id, email.Attempts, reason);
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", "postponed"));
        await KeepAsync(email, stamps.Now() + Waits[email.Attempts - 1], sentAt: null);
    }

    private Task GiveUpAsync(QueuedEmail email, string reason)
    {
        log.LogError(
            "Email {EmailId} was dropped after {Attempts} attempts: {Reason}.",
            email.Id, email.Attempts, reason);
        return EndAsync(email, "given_up", isSent: false);
    }

    private Task EndAsync(QueuedEmail email, string outcome, bool isSent)
    {
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        return KeepAsync(email, nextAttemptAt: null, isSent ? stamps.Now() : null);
    }

    /// <remarks>
    /// Not cancelled when the host stops, so that an email that was sent is recorded. If another host has claimed the
    /// email in the meantime, because this attempt took too long, nothing changes.
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
