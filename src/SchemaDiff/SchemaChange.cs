namespace Equaticket.SchemaDiff;

/// <summary>What a change of the schema may do to clients that were written before it.</summary>
public enum Severity
{
    /// <summary>Some of them stop working.</summary>
    Breaking,

    /// <summary>All go on working, but some may behave otherwise than they did.</summary>
    Dangerous,

    /// <summary>None notices.</summary>
    Safe,
}

/// <summary>One difference between two schemas.</summary>
/// <param name="Severity">What it may do to clients.</param>
/// <param name="Path">Where it is: <c>Event.title</c>, <c>Query.event.id</c>, <c>@length.min</c>, <c>schema.query</c>.</param>
/// <param name="Message">What has changed.</param>
/// <param name="Reason">Why it is of that severity, and what to do instead; empty where it is safe.</param>
public sealed record SchemaChange(Severity Severity, string Path, string Message, string Reason);
