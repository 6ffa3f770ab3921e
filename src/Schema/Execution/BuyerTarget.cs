using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
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
        ISchema schema,
        OperationRequest request,
        IValidationResult input,
        EquaticketDbContext database,
        CancellationToken cancellationToken)
    {
        if (request.Caller.ApiKeyId is not null
            || FindOf(schema, request) is not var (field, find))
            return (request.Caller.Tenant, request);
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
            refusal.AddLocation(field, request.Operation.Document);
            throw;
        }
    }

    private static (GraphQLField Field, FindBuyerTarget Find)? FindOf(
        ISchema schema, OperationRequest request)
    {
        var field = RootFields.Of(request.Operation.Document, request.Operation.Definition).Single();
        var find = schema.Mutation!.GetField(field.Name.StringValue)?
            .GetMetadata<FindBuyerTarget?>(Key);
        return find is null ? null : (field, find);
    }
}

/// <summary>Finds where a buyer's write takes place, from the arguments of its field.</summary>
/// <exception cref="ApiError">The arguments name nothing that exists.</exception>
public delegate Task<BuyerTarget> FindBuyerTarget(
    EquaticketDbContext database,
    IDictionary<string, ArgumentValue> arguments,
    CancellationToken cancellationToken);
