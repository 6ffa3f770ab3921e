using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Dashboard.SecurityLog;

/// <summary>Descriptions of the audit log's actions.</summary>
public static class AuditWords
{
    /// <summary>Descriptions by action name: <c>api_key.created</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Enum.GetValues<AuditAction>()
        .ToDictionary(WireNames<AuditAction>.Of, action => WireNames<AuditAction>.Meaning(action).TrimEnd('.'));
}
