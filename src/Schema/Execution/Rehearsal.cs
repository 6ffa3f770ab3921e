using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Runs operations in test mode for an organization that exists only in a transaction, which is rolled back. They run
/// the same code and statements as requests, so that a new server has compiled both before its first request.
/// </summary>
public sealed class Rehearsal(
    MutationExecutor mutations,
    SchemaEngine engine,
    TenantContexts contexts,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency,
    RowStamps stamps)
{
    /// <param name="play">Runs operations, one after another, as the caller of its first argument.</param>
    /// <param name="cancellationToken">Cancels the rehearsal.</param>
    public async Task RunAsync(
        Func<Caller, Func<OperationRequest, Task<Answer>>, Task> play, CancellationToken cancellationToken)
    {
        var stamp = stamps.Next();
        var organization = new Organization
        {
            Id = stamp.Id,
            Slug = $"rehearsal-{stamp.Id:n}",
            Name = "Rehearsal",
            Plan = Plan.Pro,
            ApiTermsAcceptedAt = stamp.CreatedAt,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        await using var database = contexts.Lease(new TenantScope(organization.Id, Livemode: false));
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Add(organization);
        var key = Key();
        database.Add(key);
        await database.SaveChangesAsync(cancellationToken);
        await play(Caller.ForKey(key, organization), request => ExecuteAsync(database, request, cancellationToken));
        await transaction.RollbackAsync(cancellationToken);
    }

    private async Task<Answer> ExecuteAsync(
        EquaticketDbContext database, OperationRequest request, CancellationToken cancellationToken)
    {
        var input = await engine.CoerceAsync(request, cancellationToken);
        // In requests, each operation has a separate context.
        database.ChangeTracker.Clear();
        if (!input.IsValid)
            return request.Render(new ExecutionResult { Errors = input.Errors });
        if (!request.Operation.IsMutation)
            return request.Render(await engine.RunAsync(request, input, database, write: null, cancellationToken));
        await using var write = new WriteTransaction(request, database, apiKeys, idempotency)
        {
            IsRehearsal = true,
            Attempt = new Attempt { IsLast = true },
        };
        return await mutations.TryAsync(request, input, write, resumed: null, cancellationToken);
    }

    /// <summary>A key whose secret is discarded.</summary>
    private ApiKey Key()
    {
        var (secret, stamp) = (ApiKeySecret.Create(livemode: false), stamps.Next());
        return new ApiKey
        {
            Id = stamp.Id,
            Livemode = false,
            Name = "Rehearsal",
            Hash = secret.Hash,
            Prefix = secret.Prefix,
            LastFour = secret.LastFour,
            Scopes = Enum.GetValues<Scope>(),
            CreatedAt = stamp.CreatedAt,
        };
    }
}
