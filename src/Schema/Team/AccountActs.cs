using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Records account changes in the audit log, in their transaction, and emails the owner.</summary>
internal static class AccountActs
{
    /// <param name="database">The context whose transaction makes the change.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="user">The owner of the account.</param>
    /// <param name="action">The action to record in the audit log of each of the user's organizations.</param>
    /// <param name="notice">The email to send; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task RecordAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        User user,
        AuditAction action,
        AccountEmailKind? notice,
        CancellationToken cancellationToken)
    {
        var (stamp, name) = (stamps.Next(), WireNames<AuditAction>.Of(action));
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_log (organization_id, id, action, subject_id, user_id, created_at)
            SELECT organization_id, {stamp.Id}, {name}, user_id, user_id, {stamp.CreatedAt}
            FROM memberships WHERE user_id = {user.Id}
            """,
            cancellationToken);
        if (notice is not { } kind)
            return;
        database.Add(AccountEmail.Of(stamp, kind, user.Email));
        await database.SaveChangesAsync(cancellationToken);
    }
}
