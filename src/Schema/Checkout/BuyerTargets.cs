using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Recognizes checkouts, which have a separate rate limit.</summary>
public static class CheckoutOperation
{
    public static bool IsCheckout(this Operation operation) =>
        operation.RootField?.Name == "checkout";
}

/// <summary>Marks a write that takes place at the event in <c>input.eventId</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AtEventAttribute : GraphQLAttribute
{
    private static readonly Func<EquaticketDbContext, Guid, CancellationToken, Task<BuyerTarget?>> Find =
        EF.CompileAsyncQuery((EquaticketDbContext database, Guid eventId, CancellationToken _) =>
            database.Events.IgnoreQueryFilters().Where(e => e.Id == eventId)
                .Select(e => new BuyerTarget(new TenantScope(e.OrganizationId, e.Livemode), e.Id))
                .SingleOrDefault());

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.WithMetadata(BuyerTarget.Key, (FindBuyerTarget)(
            async (database, arguments, cancellationToken) =>
            {
                var input = (CheckoutInput)arguments["input"].Value!;
                return await Find(database, input.EventId, cancellationToken)
                    ?? throw ApiError.NotFound("event");
            }));
}

/// <summary>Marks a write that takes place at the event of the checkout identified by <c>token</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AtCheckoutAttribute : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.WithMetadata(BuyerTarget.Key, (FindBuyerTarget)(
            async (database, arguments, cancellationToken) =>
            {
                var hash = CheckoutToken.Hash((string)arguments["token"].Value!);
                return await database.Orders.IgnoreQueryFilters()
                    .Where(o => o.CheckoutTokenHash == hash)
                    .Select(o => new BuyerTarget(
                        new TenantScope(o.OrganizationId, o.Livemode), o.EventId))
                    .SingleOrDefaultAsync(cancellationToken)
                    ?? throw ApiError.NotFound("checkout");
            }));
}
