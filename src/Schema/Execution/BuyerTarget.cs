using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Where a buyer's write takes place: at an event of whatever organization, which the input names.
/// Everybody else writes in the tenant that their key or session belongs to.
/// </summary>
/// <param name="Tenant">The event's organization and mode.</param>
/// <param name="EventId">The event.</param>
public sealed record BuyerTarget(TenantScope Tenant, Guid EventId)
{
    internal const string Key = nameof(BuyerTarget);

    /// <summary>
    /// The tenant to write in, and the request with its idempotency key bound to the event when a
    /// buyer makes it. A key stays in its own organization and mode, also when it buys.
    /// </summary>
    /// <exception cref="ApiError">
    /// There is no such event, with the path of the field that names it; or the idempotency key is no UUID.
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
        var arguments = input.ArgumentValues?.GetValueOrDefault(field)
            ?? new Dictionary<string, ArgumentValue>();
        try
        {
            var target = await find(database, arguments, cancellationToken);
            return (target.Tenant, request with { Claim = request.Claim?.AtEvent(target.EventId) });
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.NotFound)
        {
            // The field would have said so itself, had it been asked.
            refusal.Path = [(field.Alias ?? (INamedNode)field).Name.StringValue];
            refusal.AddLocation(field, operation.Document);
            throw;
        }
    }
}

/// <summary>Finds where a buyer's write takes place, from the arguments of its field.</summary>
/// <exception cref="ApiError">The arguments name nothing that exists.</exception>
public delegate Task<BuyerTarget> FindBuyerTarget(
    EquaticketDbContext database,
    IDictionary<string, ArgumentValue> arguments,
    CancellationToken cancellationToken);
