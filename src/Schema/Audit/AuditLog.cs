using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Audit;

/// <summary>Writes down security-relevant acts, in the transaction of the act.</summary>
public static class AuditLog
{
    /// <param name="database">Leased for the organization; saved by whoever acts.</param>
    /// <param name="stamps">Gives id and time.</param>
    /// <param name="actor">Who acted; null for an operator at the command line.</param>
    /// <param name="action">What was done.</param>
    /// <param name="subjectId">To which key, user or organization.</param>
    public static void Record(
        EquaticketDbContext database,
        RowStamps stamps,
        Caller? actor,
        AuditAction action,
        Guid subjectId)
    {
        var stamp = stamps.Next();
        database.Add(new AuditEntry
        {
            Id = stamp.Id,
            Action = action,
            SubjectId = subjectId,
            UserId = actor?.UserId,
            ApiKeyId = actor?.ApiKeyId,
            CreatedAt = stamp.CreatedAt,
        });
    }
}
