using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Records account changes in the audit log, in their transaction, and emails the owner.</summary>
public sealed class AccountActs(RowStamps stamps, ICurrentRequest request)
{
    /// <param name="database">The context whose transaction makes the change.</param>
    /// <param name="user">The owner of the account.</param>
    /// <param name="action">The action to record in the audit log of each of the user's organizations.</param>
    /// <param name="notice">The email to send; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task RecordAsync(
        EquaticketDbContext database,
        User user,
        AuditAction action,
        AccountEmailKind? notice,
        CancellationToken cancellationToken)
    {
        var (stamp, name, requestId) = (stamps.Next(), WireNames<AuditAction>.Of(action), request.Trace?.RequestId);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_log (organization_id, id, action, subject_id, user_id, request_id, created_at)
            SELECT organization_id, {stamp.Id}, {name}, user_id, user_id, {requestId}, {stamp.CreatedAt}
            FROM memberships WHERE user_id = {user.Id}
            """,
            cancellationToken);
        if (notice is not { } kind)
            return;
        database.Add(AccountEmail.Of(stamp, kind, user.Email));
        await database.SaveChangesAsync(cancellationToken);
    }
}
