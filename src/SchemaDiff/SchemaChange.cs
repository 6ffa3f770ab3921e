namespace Equaticket.SchemaDiff;

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
