using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Audit;

/// <summary>Records security-relevant actions, in the same transaction as the action.</summary>
public static class AuditLog
{
    /// <summary>Records an action of the operation's caller.</summary>
    public static void Record(
        OperationContext operation, AuditAction action, Guid subjectId, string? detail = null) =>
        Record(operation.Database, operation.Stamps, operation.Caller, action, subjectId, detail);

    /// <param name="database">The context, leased for the organization; the caller saves it.</param>
    /// <param name="stamps">Provides the id and the time.</param>
    /// <param name="actor">The actor; null for an operator on the command line.</param>
    /// <param name="action">The action.</param>
    /// <param name="subjectId">The affected key, user, or organization.</param>
    /// <param name="detail">Details that can't be read from the subject later; null if there are none.</param>
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
