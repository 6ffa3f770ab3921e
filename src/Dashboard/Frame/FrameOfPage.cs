using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;

namespace Equaticket.Dashboard.Frame;

/// <summary>What stands around every page of an organization.</summary>
/// <param name="Caller">Who is signed in, in which mode.</param>
/// <param name="Organization">Whose data the page shows.</param>
/// <param name="Email">The address of the person.</param>
public sealed record FrameOfPage(Caller Caller, Organization Organization, string Email)
{
    public const string Live = "live";
    public const string Test = "test";

    public string Mode => Caller.Livemode ? Live : Test;

    public PageDefinition? Page { get; set; }

    /// <summary>What went wrong with the form or the filters.</summary>
    public ApiError? Error { get; set; }

    /// <summary>What the last form did.</summary>
    public string? Done { get; set; }

    public string HomePath => $"/dashboard/{Organization.Slug}/{Mode}";

    /// <summary>A path of this organization and mode.</summary>
    public string PathTo(string path) => $"{HomePath}/{path}";

    /// <summary>The same page in a mode; the overview where the page shows one thing, which the other lacks.</summary>
    public string PathInMode(string mode) => Page!.Read.HasPath
        ? $"/dashboard/{Organization.Slug}/{mode}"
        : Page.PathFor(Organization.Slug, mode);
}
