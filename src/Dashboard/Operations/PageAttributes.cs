namespace Equaticket.Dashboard.Operations;

/// <summary>Declares the query that a page runs.</summary>
/// <param name="operation">The name of the query and of its file.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsAttribute(string operation) : Attribute
{
    public string Operation => operation;

    /// <summary>The page's heading, unless the view sets one.</summary>
    public required string Title { get; init; }

    /// <summary>The query whose list can be exported as a file; null for none.</summary>
    public string? Export { get; init; }

    /// <summary>The query whose list is polled for newer rows; null for no live updates.</summary>
    public string? Tail { get; init; }

    /// <summary>The navigation group that lists the page; null if only other pages link to it.</summary>
    public string? Group { get; init; }

    /// <summary>The position within the group.</summary>
    public int Order { get; init; }

    /// <summary>Whether the page may use the camera.</summary>
    public bool UsesCamera { get; init; }
}

/// <summary>
/// Declares another query of a page, for a part that some users of the page may not read. For them, the part is
/// omitted.
/// </summary>
/// <param name="operation">The name of the query and of its file.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ReadsPartAttribute(string operation) : Attribute
{
    public string Operation => operation;
}

/// <summary>Declares a mutation that a page's forms run.</summary>
/// <param name="operation">The name of the mutation and of its file.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class WritesAttribute(string operation) : Attribute
{
    public string Operation => operation;

    /// <summary>
    /// The path to redirect to, relative to organization and mode: <c>events/{id}</c>, with the id from the result or,
    /// if it has none, from the page's path. Null to stay on the page.
    /// </summary>
    public string? Then { get; init; }

    /// <summary>The confirmation shown on the next page.</summary>
    public string? Done { get; init; }

    /// <summary>The text the user must type to confirm an irreversible action; null for none.</summary>
    public string? Confirm { get; init; }

    /// <summary>
    /// Whether to render the result without a redirect, because it contains a secret that is shown only once.
    /// </summary>
    public bool ShowsAnswer { get; init; }
}
