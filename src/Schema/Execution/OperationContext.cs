using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>The caller, and the services for resolvers to read and write with. One per operation.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Database">
/// Sees only the rows of one tenant: the caller's, or that of the event where a buyer buys. Resolvers run
/// sequentially, so one context is enough.
/// </param>
/// <param name="Stamps">The clock and the source of ids.</param>
/// <param name="Urls">Builds the public URLs in the response.</param>
public sealed record OperationContext(
    Caller Caller, EquaticketDbContext Database, RowStamps Stamps, PublicUrls Urls)
{
    /// <summary>The tenant whose rows are read and written.</summary>
    /// <exception cref="InvalidOperationException">
    /// The caller is nobody, on a field that requires a caller.
    /// </exception>
    public TenantScope Tenant => Database.Tenant
        ?? throw new InvalidOperationException(
            "The field requires a tenant, but its access rules allow callers without one.");

    /// <summary>The queries that are sent together.</summary>
    public RowReads Reads { get; } = new(Database);

    /// <summary>Tracks how long the response remains valid; null if nobody caches it.</summary>
    public AnswerTerm? Term { get; init; }

    /// <summary>The query's turn to read from the primary; null for mutations and on replicas.</summary>
    public IDisposable? ReadPlace { get; init; }

    public static OperationContext Of(IResolveFieldContext context) =>
        OperationObjects.Find<OperationContext>(context)!;
}
