namespace Equaticket.Schema.Registry;

/// <summary>Breaking changes that were made on purpose, and announced.</summary>
public static class Changelog
{
    private const string Heading = "## ";
    private const string Unreleased = "## Unreleased";

    /// <param name="changes">What has changed since the last release.</param>
    /// <param name="text">The changelog, in Markdown.</param>
    /// <returns>
    /// The changes, of which those that are announced count as dangerous. A change is announced when
    /// its path stands in backticks under the heading "Unreleased".
    /// </returns>
    public static IReadOnlyList<SchemaChange> Admit(IReadOnlyList<SchemaChange> changes, string text)
    {
        var announced = string.Join('\n', text.Split('\n')
            .SkipWhile(line => line.TrimEnd() != Unreleased)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal)));
        return [.. changes.Select(change =>
            change.Severity == Severity.Breaking && announced.Contains($"`{change.Path}`")
                ? change with { Severity = Severity.Dangerous, Reason = "Announced in the changelog." }
                : change)];
    }
}
