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

    /// <summary>The query whose one list says whether the page has something newer; null for none.</summary>
    public string? Tail { get; init; }

    /// <summary>Where the page stands in the navigation; null when other pages lead to it.</summary>
    public string? Group { get; init; }

    /// <summary>The position within the group.</summary>
    public int Order { get; init; }

    /// <summary>Whether the page may ask for the camera.</summary>
    public bool UsesCamera { get; init; }
}

/// <summary>
/// Declares a further query of a page, for a part that not every user of the page may read. It is left out for those
/// who may not.
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
    /// The path to redirect to, relative to organization and mode: <c>events/{id}</c>, with the id of the result or, if
    /// that has none, of the page. Null to stay on the page.
    /// </summary>
    public string? Then { get; init; }

    /// <summary>The confirmation shown on the next page.</summary>
    public string? Done { get; init; }

    /// <summary>The text the user must type to confirm an irreversible action; null for none.</summary>
    public string? Confirm { get; init; }

    /// <summary>Whether to render the result without a redirect, because it holds a secret shown only once.</summary>
    public bool ShowsAnswer { get; init; }
}
