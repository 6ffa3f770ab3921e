namespace Equaticket.SchemaDiff;

/// <summary>How a schema change may affect existing clients.</summary>
public enum Severity
{
    /// <summary>Some of them stop working.</summary>
    Breaking,

    /// <summary>All keep working, but some may behave differently.</summary>
    Dangerous,

    /// <summary>No client is affected.</summary>
    Safe,
}

/// <summary>One difference between two schemas.</summary>
/// <param name="Severity">How it may affect clients.</param>
/// <param name="Path">Where it is: <c>Event.title</c>, <c>Query.event.id</c>, <c>@length.min</c>, <c>schema.query</c>.</param>
/// <param name="Message">What has changed.</param>
/// <param name="Reason">Why it has that severity, and what to do instead; empty if it is safe.</param>
public sealed record SchemaChange(Severity Severity, string Path, string Message, string Reason);
