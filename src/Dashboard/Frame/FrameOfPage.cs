using Equaticket.Dashboard.Operations;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;

namespace Equaticket.Dashboard.Frame;

/// <summary>The frame around each page of an organization.</summary>
/// <param name="Caller">The signed-in user and the mode.</param>
/// <param name="Organization">The organization the page belongs to.</param>
/// <param name="Email">The user's email address.</param>
public sealed record FrameOfPage(Caller Caller, Organization Organization, string Email)
{
    public const string Live = "live";
    public const string Test = "test";

    public string Mode => Caller.Livemode ? Live : Test;

    public PageDefinition? Page { get; set; }

    public string HomePath => $"/dashboard/{Organization.Slug}/{Mode}";

    /// <summary>A path within this organization and mode.</summary>
    public string PathTo(string path) => $"{HomePath}/{path}";

    /// <summary>This page in the given mode, or the overview if the page shows a single object.</summary>
    public string PathInMode(string mode) => Page!.Read.HasPath
        ? $"/dashboard/{Organization.Slug}/{mode}"
        : Page.PathFor(Organization.Slug, mode);
}
