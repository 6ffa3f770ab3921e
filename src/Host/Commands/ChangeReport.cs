using System.Text;
using Equaticket.SchemaDiff;

namespace Equaticket.Host.Commands;

/// <summary>Formats schema changes, for people and for scripts.</summary>
internal static class ChangeReport
{
    public static object Json(IReadOnlyList<SchemaChange> changes) => new
    {
        Breaking = Of(changes, Severity.Breaking),
        Dangerous = Of(changes, Severity.Dangerous),
        Safe = Of(changes, Severity.Safe),
    };

    public static string Text(IReadOnlyList<SchemaChange> changes)
    {
        if (changes.Count == 0)
            return "The schemas are identical.";
        var text = new StringBuilder();
        foreach (var group in changes.GroupBy(change => change.Severity).OrderBy(group => group.Key))
        {
            text.AppendLine($"{group.Key} ({group.Count()})");
            foreach (var change in group)
                text.AppendLine($"  {change.Message} {change.Reason}".TrimEnd());
        }

        return text.ToString().TrimEnd();
    }

    private static IEnumerable<object> Of(IEnumerable<SchemaChange> changes, Severity severity) =>
        changes.Where(change => change.Severity == severity)
            .Select(change => new { change.Path, change.Message, change.Reason });
}
