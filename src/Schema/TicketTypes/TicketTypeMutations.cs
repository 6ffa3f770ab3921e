using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TicketTypes;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.TicketTypesWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<TicketTypeGraphType>>]
    [Description("Create a ticket type. An event can have up to 1,000. Returns `conflict` if the event is cancelled.")]
    public static async Task<TicketTypeRow> CreateTicketType(
        [Id, Description("The ID of the event.")] Guid eventId,
        [InputType<NonNullGraphType<CreateTicketTypeInputGraphType>>]
        [Description("The ticket type to create.")]
        CreateTicketTypeInput input,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var stamp = operation.Stamps.Next();
        var row = TicketTypeEdit.Create(input, stamp);
        TicketTypeRules.RequireConsistent(row);
        var parent = await EventReader.LockAsync(operation, eventId, cancellationToken);
        EventLifecycle.RefuseWhenCancelled(parent);
        TicketTypeRules.RequireCurrency(parent, input.Currency ?? parent.Currency);
        TicketTypeRules.RequireChargeable(row, parent.Currency);
        await TicketTypeRules.RequireStripeAsync(
            operation, parent, oldPrice: 0, row.Price, cancellationToken);
        await TicketTypeEdit.AddAsync(
            operation, parent, row, input.Position, cancellationToken);
        return TicketTypeRow.At(row, parent, stamp.CreatedAt);
    }

    [RequiresScope(Scope.TicketTypesWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<TicketTypeGraphType>>]
    [Description("Update a ticket type. Fields that you leave out keep their values. A cancelled event is "
        + "a `conflict`.")]
    public static async Task<TicketTypeRow> UpdateTicketType(
        [Id, Description("The ID of the ticket type.")] Guid id,
        [Id, Description("The ID of the ticket type's event. A ticket type of another event is `not_found`.")]
        Guid? eventId,
        [InputType<NonNullGraphType<UpdateTicketTypeInputGraphType>>, Description("The fields to update.")]
        UpdateTicketTypeInput input,
        [ExpectedVersions] IReadOnlyList<int>? expectedVersions,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var (row, parent) = await TicketTypeEdit.LockAsync(
            operation, id, eventId, toRemove: false, cancellationToken);
        ExpectedVersionsAttribute.Require(expectedVersions, row.Version);
        EventLifecycle.RefuseWhenCancelled(parent);
        var oldPrice = row.Price;
        TicketTypeEdit.Apply(row, input);
        TicketTypeRules.RequireConsistent(row, input);
        TicketTypeRules.RequireCurrency(parent, input.Currency.Or(parent.Currency)!);
        if (input.Price.IsSet)
            TicketTypeRules.RequireChargeable(row, parent.Currency);
        TicketTypeRules.RequireStock(row);
        await TicketTypeRules.RequireStripeAsync(
            operation, parent, oldPrice, row.Price, cancellationToken);
        var now = operation.Stamps.Now();
        if (operation.Database.Entry(row).State == EntityState.Modified)
            (row.Version, row.UpdatedAt) = (row.Version + 1, now);
        await TicketTypeEdit.SaveAsync(operation, parent, cancellationToken);
        return TicketTypeRow.At(row, parent, now);
    }

    [RequiresScope(Scope.TicketTypesWrite), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<DeletedTicketTypeGraphType>>]
    [Description("Delete a ticket type. One with sold or held tickets is a `conflict`.")]
    public static async Task<DeletedTicketType> DeleteTicketType(
        [Id, Description("The ID of the ticket type.")] Guid id,
        [Id, Description("The ID of the ticket type's event. A ticket type of another event is `not_found`.")]
        Guid? eventId,
        [ExpectedVersions] IReadOnlyList<int>? expectedVersions,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var (row, parent) = await TicketTypeEdit.LockAsync(
            operation, id, eventId, toRemove: true, cancellationToken);
        ExpectedVersionsAttribute.Require(expectedVersions, row.Version);
        EventLifecycle.RefuseWhenCancelled(parent);
        if (row.QuantitySold + row.QuantityHeld > 0
            || await operation.Database.Attendees.AnyAsync(
                attendee => attendee.TicketTypeId == row.Id, cancellationToken))
            throw ApiError.Conflict("Tickets of this type have been sold or are held. End its sales instead.");
        operation.Database.Remove(row);
        await TicketTypeEdit.SaveAsync(operation, parent, cancellationToken);
        return new DeletedTicketType(row.Id);
    }
}
