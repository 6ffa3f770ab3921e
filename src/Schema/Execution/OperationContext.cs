using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>Who asks, and what resolvers read and write with. One per operation.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Database">
/// Sees the rows of one tenant alone: the caller's, or that of the event at which a buyer buys. Resolvers
/// run one after another, so one is enough.
/// </param>
/// <param name="Stamps">The clock and the source of ids.</param>
/// <param name="Urls">Makes the public addresses that the answer shows.</param>
public sealed record OperationContext(
    Caller Caller, EquaticketDbContext Database, RowStamps Stamps, PublicUrls Urls)
{
    /// <summary>Whose rows are read and written.</summary>
    /// <exception cref="InvalidOperationException">Nobody calls, on a field that lets nobody in.</exception>
    public TenantScope Tenant => Database.Tenant
        ?? throw new InvalidOperationException("The field needs a tenant but lets nobody in.");

    /// <summary>Learns how long the answer holds; null where nobody keeps it.</summary>
    public AnswerTerm? Term { get; init; }

    public static OperationContext Of(IResolveFieldContext context) =>
        OperationObjects.Find<OperationContext>(context)!;
}
