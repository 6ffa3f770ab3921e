using System.ComponentModel;
using System.Reflection;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Dashboard.SecurityLog;

/// <summary>The actions of the audit log, in words.</summary>
public static class AuditWords
{
    /// <summary>The words by the name of the action: <c>api_key.created</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Enum.GetValues<AuditAction>()
        .ToDictionary(WireNames<AuditAction>.Of, Words);

    private static string Words(AuditAction action) => typeof(AuditAction).GetField($"{action}")!
        .GetCustomAttribute<DescriptionAttribute>()!.Description.TrimEnd('.');
}
