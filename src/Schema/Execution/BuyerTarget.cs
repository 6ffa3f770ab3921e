using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Where a buyer's write takes place: at the event that the input names, in any organization. All other callers
/// write in the tenant of their key or session.
/// </summary>
/// <param name="Tenant">The event's organization and mode.</param>
/// <param name="EventId">The event.</param>
public sealed record BuyerTarget(TenantScope Tenant, Guid EventId)
{
    internal const string Key = nameof(BuyerTarget);

    /// <summary>
    /// Returns the tenant to write in, and the request. For a buyer, the request's idempotency key is bound to the
    /// event. An API key stays in its organization and mode, even when it buys.
    /// </summary>
    /// <exception cref="ApiError">
    /// The event does not exist (with the path of the field that names it), or the idempotency key is not a UUID.
    /// </exception>
    internal static async Task<(TenantScope?, OperationRequest)> ApplyAsync(
        TenantContexts contexts,
        OperationRequest request,
        IValidationResult input,
        CancellationToken cancellationToken)
    {
        var operation = request.Operation;
        if (request.Caller.ApiKeyId is not null
            || operation.RootField?.GetMetadata<FindBuyerTarget?>(Key) is not { } find)
            return (request.Caller.Tenant, request);
        var field = operation.RootNode!;
        await using var database = contexts.Lease(request.Caller.Tenant);
        try
        {
            var target = await find(database, input.ArgumentsOf(field), cancellationToken);
            return (target.Tenant, request with { Claim = request.Claim?.AtEvent(target.EventId) });
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.NotFound)
        {
            // The field would have reported this path itself if it had been executed.
            refusal.Path = [(field.Alias ?? (INamedNode)field).Name.StringValue];
            refusal.AddLocation(field, operation.Document);
            throw;
        }
    }
}

/// <summary>Finds where a buyer's write takes place, from the arguments of its field.</summary>
/// <exception cref="ApiError">The arguments refer to nothing that exists.</exception>
public delegate Task<BuyerTarget> FindBuyerTarget(
    EquaticketDbContext database,
    IDictionary<string, ArgumentValue> arguments,
    CancellationToken cancellationToken);
