namespace Equaticket.Dashboard.Operations;

/// <summary>Names the query whose result a page shows.</summary>
/// <param name="operation">The query, and the name of the file that holds it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsAttribute(string operation) : Attribute
{
    public string Operation => operation;

    /// <summary>The page's heading, unless the view sets one.</summary>
    public required string Title { get; init; }

    /// <summary>The query whose one list can be had as a file; null for none.</summary>
    public string? Export { get; init; }

    /// <summary>The query whose one list says whether the page has something newer; null for none.</summary>
    public string? Tail { get; init; }

    /// <summary>Where the page stands in the navigation; null when other pages lead to it.</summary>
    public string? Group { get; init; }

    /// <summary>Its place in the group.</summary>
    public int Order { get; init; }

    /// <summary>Whether the page may ask for the camera.</summary>
    public bool UsesCamera { get; init; }
}

/// <summary>Names a mutation that forms of a page run.</summary>
/// <param name="operation">The mutation, and the name of the file that holds it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class WritesAttribute(string operation) : Attribute
{
    public string Operation => operation;

    /// <summary>
    /// Where to go afterwards, below organization and mode: <c>events/{id}</c>, with the id of what was made.
    /// Null to stay.
    /// </summary>
    public string? Then { get; init; }

    /// <summary>What the next page says.</summary>
    public string? Done { get; init; }

    /// <summary>What must be typed before it runs, for what cannot be undone; null for what can.</summary>
    public string? Confirm { get; init; }

    /// <summary>Whether the answer is shown at once, since it holds a secret that is shown only once.</summary>
    public bool ShowsAnswer { get; init; }
}
