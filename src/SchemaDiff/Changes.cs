using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Collects the changes found by a comparison.</summary>
/// <param name="before">The defaults of the old schema.</param>
/// <param name="after">The defaults of the new schema.</param>
internal sealed class Changes(DefaultValues before, DefaultValues after)
{
    private readonly List<SchemaChange> _found = [];

    /// <summary>The changes, most severe first, then in the order found.</summary>
    public IReadOnlyList<SchemaChange> All => [.. _found.OrderBy(change => change.Severity)];

    public void Breaking(string path, string message, string reason) =>
        _found.Add(new SchemaChange(Severity.Breaking, path, message, reason));

    public void Dangerous(string path, string message, string reason) =>
        _found.Add(new SchemaChange(Severity.Dangerous, path, message, reason));

    public void Safe(string path, string message) =>
        _found.Add(new SchemaChange(Severity.Safe, path, message, ""));

    /// <summary>Compares two descriptions; a change is always safe.</summary>
    public void Description(string path, string? before, string? after)
    {
        if ((before ?? "") != (after ?? ""))
            Safe(path, $"The description of {path} was {Verb(before, after)}.");
    }

    /// <summary>Whether omitting the input gives the same value as before.</summary>
    public bool HasSameDefault(GraphQLInputValueDefinition old, GraphQLInputValueDefinition current) =>
        before.Of(old) == after.Of(current);

    private static string Verb(string? before, string? after) =>
        string.IsNullOrEmpty(before) ? "added" : string.IsNullOrEmpty(after) ? "removed" : "changed";
}

/// <summary>Matches the entries of two lists by name.</summary>
internal static class Pairs
{
    /// <returns>For each name, its entries before and after; null where missing.</returns>
    public static IEnumerable<(T? Before, T? After)> Of<T>(
        IEnumerable<T>? before, IEnumerable<T>? after, Func<T, string> name)
        where T : class
    {
        var old = (before ?? []).ToDictionary(name);
        var current = (after ?? []).ToDictionary(name);
        return old.Keys.Union(current.Keys)
            .Select(key => (old.GetValueOrDefault(key), current.GetValueOrDefault(key)));
    }
}
