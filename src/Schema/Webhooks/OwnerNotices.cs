using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Notifies owners by email that failures disabled a webhook. Any number of hosts may do so concurrently, because each
/// notice is claimed with a lease. If a host stops after sending a notice but before recording it, the notice is sent
/// again with the same <c>Message-Id</c>.
/// </summary>
public sealed class OwnerNotices(
    Claims claims,
    TenantContexts contexts,
    UserEmails emails,
    IEmailTransport transport) : IJob
{
    /// <summary>How long to keep trying after the webhook was disabled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>A notice that the mail server did not accept is due again when its lease ends.</summary>
    private static readonly Claim Due = new("webhooks", "owner_notice_due_at", TimeSpan.FromMinutes(15))
    {
        Result = $"""
            SELECT claimed.organization_id, claimed.livemode, claimed.id, claimed.url,
                claimed.disabled_reason AS reason, claimed.updated_at AS disabled_at,
                claimed.owner_notice_due_at AS lease_end, organization.name AS organization, (
                    SELECT person.email FROM memberships AS membership
                    JOIN users AS person ON person.id = membership.user_id
                    WHERE membership.organization_id = claimed.organization_id
                        AND membership.role = '{WireNames<Role>.Of(Role.Owner)}') AS owner_email
            FROM claimed JOIN organizations AS organization ON organization.id = claimed.organization_id
            """,
    };

    /// <summary>Sends notices until none is due or the mail server is unavailable.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = transport.Open();
        while (await claims.TakeAsync<Notice>(Due, batch: 1, [], cancellationToken) is [var notice])
        {
            if (!await emails.SendAsync(
                connection, Write(notice), Patience, () => EndAsync(notice), cancellationToken))
                return;
        }
    }

    /// <remarks>Not cancelled when the host stops, so that a sent notice is recorded.</remarks>
    private async Task EndAsync(Notice notice)
    {
        await using var database = contexts.Lease(new(notice.OrganizationId, notice.Livemode));
        await database.Webhooks
            .Where(row => row.Id == notice.Id && row.OwnerNoticeDueAt == notice.LeaseEnd)
            .ExecuteUpdateAsync(
                row => row.SetProperty(webhook => webhook.OwnerNoticeDueAt, (DateTimeOffset?)null),
                CancellationToken.None);
    }

    /// <returns>Null if the organization has no owner.</returns>
    private static UserEmail? Write(Notice notice) => notice.OwnerEmail is not { } address ? null : new UserEmail(
        $"webhook-{notice.Id}-{notice.DisabledAt.ToUnixTimeMilliseconds()}",
        notice.DisabledAt,
        address,
        new EmailContent(
            "A webhook was disabled",
            [
                $"{notice.Organization}'s webhook to {notice.Url} was disabled.",
                notice.Reason,
                "No more events are delivered to it. When the endpoint works again, enable the webhook, "
                    + "then redeliver the failed messages.",
            ]));

    private sealed record Notice(
        Guid OrganizationId,
        bool Livemode,
        Guid Id,
        string Url,
        string Reason,
        DateTimeOffset DisabledAt,
        DateTimeOffset LeaseEnd,
        string Organization,
        string? OwnerEmail);
}
