namespace Equaticket.SchemaDiff;

/// <summary>
/// Finds the differences between two schemas and their effect on clients, with the same severities as
/// <c>@graphql-inspector/core</c>.
/// </summary>
public static class SchemaComparison
{
    /// <param name="before">The schema that clients were written for, in SDL.</param>
    /// <param name="after">The new schema.</param>
    /// <exception cref="Engine.Errors.ApiError">One of the texts is not a schema.</exception>
    public static IReadOnlyList<SchemaChange> Compare(string before, string after)
    {
        var (old, current) = (new SchemaReader("old").Read(before), new SchemaReader("new").Read(after));
        var changes = new Changes(new DefaultValues(old), new DefaultValues(current));
        DirectiveDiff.Compare(changes, old, current);
        RootDiff.Compare(changes, old, current);
        foreach (var (name, left, right) in Pairs.Of(SchemaReader.Types(old), SchemaReader.Types(current)))
            TypeDiff.Compare(changes, name, left, right);
        return changes.All;
    }
}

/// <summary>How a schema change may affect existing clients.</summary>
public enum Severity
{
    /// <summary>Some clients stop working.</summary>
    Breaking,

    /// <summary>All clients keep working, but some may behave differently.</summary>
    Dangerous,

    /// <summary>No client is affected.</summary>
    Safe,
}

/// <summary>One difference between two schemas.</summary>
/// <param name="Severity">How it may affect clients.</param>
/// <param name="Path">Its location: <c>Event.title</c>, <c>Query.event.id</c>, <c>@length.min</c>,
/// <c>schema.query</c>.</param>
/// <param name="Message">The change, as a sentence.</param>
/// <param name="Reason">The reason for the severity, and what to do instead; empty if it is safe.</param>
public sealed record SchemaChange(Severity Severity, string Path, string Message, string Reason);
