using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Refunds;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.EventsWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<EventGraphType>>]
    [Description("Create an event. It starts as a draft. A slug that is already taken is a `conflict`.")]
    public static async Task<EventRow> CreateEvent(
        [InputType<NonNullGraphType<CreateEventInputGraphType>>, Description("The event to create.")]
        CreateEventInput input,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        IResolveFieldContext context,
        CancellationToken cancellationToken)
    {
        EventEdit.RequireOrder(input.StartsAt, input.EndsAt);
        var stamp = operation.Stamps.Next();
        var row = new Event
        {
            Id = stamp.Id,
            Title = input.Title,
            Slug = input.Slug
                ?? await EventSlugs.MakeAsync(operation, write, input.Title, cancellationToken),
            Description = input.Description,
            Timezone = input.Timezone,
            StartsAt = input.StartsAt,
            EndsAt = input.EndsAt,
            Currency = input.Currency,
            VenueName = input.VenueName,
            VenueAddress = input.VenueAddress,
            Metadata = MetadataMerge.Create(input.Metadata),
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        await write.InsertAsync(context, row, cancellationToken);
        return new EventRow { Event = row };
    }

    [RequiresScope(Scope.EventsWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<EventGraphType>>]
    [Description("Update an event. Fields that you leave out keep their values. A cancelled event is a "
        + "`conflict`.")]
    public static async Task<EventRow> UpdateEvent(
        [Id, Description("The ID of the event.")] Guid id,
        [InputType<NonNullGraphType<UpdateEventInputGraphType>>, Description("The fields to update.")]
        UpdateEventInput input,
        [ExpectedVersions] IReadOnlyList<int>? expectedVersions,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        if (input.StartsAt.IsSet)
            EventEdit.RequireOrder(input.StartsAt.Value, input.EndsAt.Value);
        var locked = await EventReader.LockWithTotalsAsync(operation, id, cancellationToken);
        var (row, totals) = (locked.Event, locked.Totals);
        ExpectedVersionsAttribute.Require(expectedVersions, row.Version);
        EventLifecycle.RefuseWhenCancelled(row);
        var now = operation.Stamps.Now();
        EventEdit.Apply(row, input, totals, now);
        EventEdit.RequireOrder(
            row.StartsAt, row.EndsAt, blamed: input.EndsAt.IsSet ? "endsAt" : "startsAt");
        if (operation.Database.Entry(row).State == EntityState.Modified)
            EventLifecycle.Touch(row, now);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return locked;
    }

    [RequiresScope(Scope.EventsWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<EventGraphType>>]
    [Description("Publish an event. Puts a draft on sale; any other state is a `conflict`. The event needs "
        + "a ticket type and must not be over, and in live mode a paid ticket type needs an active "
        + "Stripe account; otherwise the error is `unprocessable`.")]
    public static async Task<EventRow> PublishEvent(
        [Id, Description("The ID of the event.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var locked = await EventReader.LockWithTotalsAsync(operation, id, cancellationToken);
        var (row, totals) = (locked.Event, locked.Totals);
        var now = operation.Stamps.Now();
        EventLifecycle.RequirePublishable(row, totals, now);
        if (await operation.Database.TicketTypes.AnyAsync(
            ticketType => ticketType.EventId == row.Id && ticketType.Price > 0, cancellationToken))
            await StripeRule.RequireForPaidSalesAsync(operation, cancellationToken);
        EventLifecycle.Publish(row, now);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return locked;
    }

    [RequiresScope(Scope.EventsWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<EventGraphType>>]
    [Description("Cancel an event. Stops its sales permanently and notifies its buyers by email. An event "
        + "that is already cancelled is a `conflict`.")]
    public static async Task<EventRow> CancelEvent(
        [Id, Description("The ID of the event.")] Guid id,
        [RequiresScope(Scope.EventsWrite, TestKeysOnly = true), RequiresRole(Role.Admin)]
        [Description("Whether to refund every valid paid ticket, in the background. Not allowed with "
            + "live keys.")]
        bool? refundOrders,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var row = await EventReader.LockToEndSalesAsync(operation, id, cancellationToken);
        EventLifecycle.Cancel(row, operation.Stamps.Now());
        if (refundOrders == true)
            EventRefunds.Request(operation, row);
        await operation.Database.SaveChangesAsync(cancellationToken);
        await HoldExpiry.EndTimeOfAllAsync(operation, row.Id, cancellationToken);
        await EmailQueue.AddCancelledAsync(operation.Database, operation.Stamps, row, cancellationToken);
        var totals = await EventReader.TotalsAsync(operation, row.Id, cancellationToken);
        return new EventRow { Event = row, Totals = totals };
    }
}
