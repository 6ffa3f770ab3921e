using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Records what people do to their accounts in the transaction of the act, and tells them by e-mail.</summary>
internal static class AccountActs
{
    /// <param name="database">In the transaction of the act.</param>
    /// <param name="stamps">Provide ids and times.</param>
    /// <param name="user">Whose account.</param>
    /// <param name="action">Recorded in the audit log of every organization of the person.</param>
    /// <param name="notice">The e-mail to the person; null for none.</param>
    /// <param name="cancellationToken">The request's.</param>
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
        database.Add(new AccountEmail
        {
            Id = stamp.Id,
            Kind = kind,
            Address = user.Email,
            NextAttemptAt = stamp.CreatedAt,
            CreatedAt = stamp.CreatedAt,
        });
        await database.SaveChangesAsync(cancellationToken);
    }
}
