using System.Diagnostics.Metrics;
using Equaticket.Persistence.Replicas;
using Equaticket.Persistence.Tenancy;
using GraphQL;
using GraphQL.Validation;

namespace Equaticket.Schema.Execution;

/// <summary>Runs a query, on a replica if there is one that is current enough for the caller.</summary>
public sealed class QueryExecutor
{
    private readonly SchemaEngine _engine;
    private readonly TenantContexts _contexts;
    private readonly ReplicaPool _replicas;
    private readonly ReadLimiter _limiter;
    private readonly Counter<long> _reads;

    public QueryExecutor(
        SchemaEngine engine,
        TenantContexts contexts,
        ReplicaPool replicas,
        ReadLimiter limiter,
        IMeterFactory meters)
    {
        (_engine, _contexts, _replicas, _limiter) = (engine, contexts, replicas, limiter);
        _reads = meters.Create(Telemetry.MeterName).CreateCounter<long>(
            "equaticket.reads", "{query}", "Queries of servers with replicas, by the database that answered.");
    }

    public async Task<Answer> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        var input = await _engine.CoerceAsync(request, cancellationToken);
        if (!input.IsValid)
            return request.Render(new ExecutionResult { Errors = input.Errors });
        if (_replicas.All.Count > 0)
        {
            var answer = await TryReplicaAsync(request, input, cancellationToken);
            _reads.Add(1, new KeyValuePair<string, object?>("database", answer is null ? "primary" : "replica"));
            if (answer is not null)
                return answer;
        }

        return request.Render(await ReadPrimaryAsync(request, input, cancellationToken));
    }

    private async Task<ExecutionResult> ReadPrimaryAsync(
        OperationRequest request, IValidationResult input, CancellationToken cancellationToken)
    {
        using var place = await _limiter.EnterAsync(cancellationToken);
        await using var database = _contexts.Lease(request.Caller.Tenant);
        return await _engine.RunAsync(request, input, database, write: null, cancellationToken, place);
    }

    /// <remarks>
    /// The public listing is cached until a change is announced, and a subscription follows an event; a replica may not
    /// have replayed either yet.
    /// An error may be due to the replica, such as a row that it does not have yet, so the primary has the last word.
    /// </remarks>
    private async Task<Answer?> TryReplicaAsync(
        OperationRequest request, IValidationResult input, CancellationToken cancellationToken)
    {
        if (request is not { Term: null, StreamedEvent: null } || request.Caller.Tenant is not { } tenant
            || _replicas.Find(tenant.OrganizationId) is not { } replica)
            return null;
        var result = await replica.ReadAsync(
            tenant,
            _replicas.PositionOfAsync(tenant.OrganizationId),
            (database, token) => _engine.RunAsync(request, input, database, write: null, token),
            cancellationToken);
        return result is { Errors: null or { Count: 0 } } ? request.Render(result) : null;
    }
}
