using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Audit;

/// <summary>Records security-relevant actions, in the transaction of the action.</summary>
public static class AuditLog
{
    /// <param name="database">Leased for the organization; saved by the caller.</param>
    /// <param name="stamps">Provides id and time.</param>
    /// <param name="actor">The actor; null for an operator on the command line.</param>
    /// <param name="action">The action.</param>
    /// <param name="subjectId">The affected key, user or organization.</param>
    /// <param name="detail">What cannot be read from the subject later; null for nothing.</param>
    public static void Record(
        EquaticketDbContext database,
        RowStamps stamps,
        Caller? actor,
        AuditAction action,
        Guid subjectId,
        string? detail = null)
    {
        var stamp = stamps.Next();
        database.Add(new AuditEntry
        {
            Id = stamp.Id,
            Action = action,
            SubjectId = subjectId,
            Detail = detail,
            UserId = actor?.UserId,
            ApiKeyId = actor?.ApiKeyId,
            CreatedAt = stamp.CreatedAt,
        });
    }
}
