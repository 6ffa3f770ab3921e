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
    public void Description(string path, IHasDescriptionNode? old, IHasDescriptionNode current)
    {
        var (was, now) = ($"{old?.Description?.Value}", $"{current.Description?.Value}");
        if (was != now)
            Safe(path, $"The description of {path} was {Verb(was, now)}.");
    }

    /// <summary>Whether omitting the input gives the same value as before.</summary>
    public bool HasSameDefault(GraphQLInputValueDefinition old, GraphQLInputValueDefinition current) =>
        before.Of(old) == after.Of(current);

    private static string Verb(string was, string now) =>
        was.Length == 0 ? "added" : now.Length == 0 ? "removed" : "changed";
}

/// <summary>Matches the entries of two lists by name.</summary>
internal static class Pairs
{
    /// <returns>Each name, with its entries before and after; null where missing.</returns>
    public static IEnumerable<(string Name, T? Before, T? After)> Of<T>(IEnumerable<T>? before, IEnumerable<T>? after)
        where T : class, INamedNode => Of(before, after, node => node.Name.StringValue);

    /// <returns>Each name, with its entries before and after; null where missing.</returns>
    public static IEnumerable<(string Name, T? Before, T? After)> Of<T>(
        IEnumerable<T>? before, IEnumerable<T>? after, Func<T, string> nameOf)
        where T : class
    {
        var old = (before ?? []).ToDictionary(nameOf);
        var current = (after ?? []).ToDictionary(nameOf);
        return old.Keys.Union(current.Keys)
            .Select(name => (name, old.GetValueOrDefault(name), current.GetValueOrDefault(name)));
    }
}
