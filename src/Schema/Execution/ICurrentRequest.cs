using Equaticket.Persistence.Activity;

namespace Equaticket.Schema.Execution;

/// <summary>The request of a user who changes their account, for the audit log.</summary>
public interface ICurrentRequest
{
    /// <summary>Null outside of requests.</summary>
    RequestTrace? Trace { get; }
}
