using System.Text.RegularExpressions;

namespace Equaticket.SchemaDiff;

/// <summary>Intentional breaking changes, announced in the changelog.</summary>
public static partial class Changelog
{
    private const string Heading = "## ";
    private const string Unreleased = "## Unreleased";

    /// <param name="changes">The changes since the last release.</param>
    /// <param name="text">The changelog, in Markdown.</param>
    /// <returns>
    /// The changes, with announced ones downgraded to dangerous. A change is announced if
    /// its path is in backticks under the heading "Unreleased"; code blocks are ignored.
    /// </returns>
    public static IReadOnlyList<SchemaChange> Admit(IReadOnlyList<SchemaChange> changes, string text)
    {
        var announced = Prose(text)
            .SkipWhile(line => line.TrimEnd() != Unreleased)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal))
            .SelectMany(line => line.Split('`')[..^1].Where((_, index) => index % 2 == 1))
            .ToHashSet();
        return [.. changes.Select(change =>
            change is { Severity: Severity.Breaking, Path.Length: > 0 } && announced.Contains(change.Path)
                ? change with { Severity = Severity.Dangerous, Reason = "Announced in the changelog." }
                : change)];
    }

    /// <summary>The lines outside code blocks. A block ends with a fence at least as long as its first.</summary>
    private static IEnumerable<string> Prose(string text)
    {
        string? open = null;
        foreach (var line in text.Split('\n'))
        {
            var fence = Fence().Match(line);
            if (open is null && !fence.Success)
                yield return line;
            else if (open is null)
                open = fence.Groups["fence"].Value;
            else if (fence.Groups["fence"].Value.StartsWith(open, StringComparison.Ordinal)
                && string.IsNullOrWhiteSpace(fence.Groups["info"].Value))
                open = null;
        }
    }

    /// <summary>Matches the first and last line of a code block, including in lists and quotations.</summary>
    [GeneratedRegex(@"^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(?<fence>`{3,}|~{3,})(?<info>[^`]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Fence();
}
