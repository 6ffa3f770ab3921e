using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Input;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Makes and changes ticket types.</summary>
internal static class TicketTypeEdit
{
    public static async Task<TicketType> CreateAsync(
        OperationContext operation,
        Event parent,
        CreateTicketTypeInput input,
        RowStamp stamp,
        CancellationToken cancellationToken) => new()
        {
            Id = stamp.Id,
            EventId = parent.Id,
            Name = input.Name,
            Description = input.Description,
            Price = input.Price,
            Currency = input.Currency ?? parent.Currency,
            QuantityTotal = input.QuantityTotal,
            MinPerOrder = input.MinPerOrder ?? CreateTicketTypeInput.DefaultMinPerOrder,
            MaxPerOrder = input.MaxPerOrder ?? CreateTicketTypeInput.DefaultMaxPerOrder,
            SalesStartAt = input.SalesStartAt,
            SalesEndAt = input.SalesEndAt,
            Position = input.Position
                ?? await LastPositionAsync(operation, parent.Id, cancellationToken) + 1,
            Metadata = MetadataMerge.Create(input.Metadata),
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };

    public static void Apply(TicketType row, UpdateTicketTypeInput input)
    {
        row.Name = input.Name.Or(row.Name)!;
        row.Description = input.Description.Or(row.Description);
        row.Price = input.Price.Or(row.Price);
        row.QuantityTotal = input.QuantityTotal.Or(row.QuantityTotal);
        row.MinPerOrder = input.MinPerOrder.Or(row.MinPerOrder);
        row.MaxPerOrder = input.MaxPerOrder.Or(row.MaxPerOrder);
        row.SalesStartAt = input.SalesStartAt.Or(row.SalesStartAt);
        row.SalesEndAt = input.SalesEndAt.Or(row.SalesEndAt);
        row.Position = input.Position.Or(row.Position);
        if (input.Metadata.IsSet)
            row.Metadata = MetadataMerge.Merge(row.Metadata, input.Metadata.Value);
    }

    /// <summary>
    /// Locks the event and then the ticket type, in this order, so that what is checked here still
    /// holds at the commit.
    /// </summary>
    /// <exception cref="ApiError">The caller has no such ticket type.</exception>
    public static async Task<(TicketType Row, Event Parent)> LockAsync(
        OperationContext operation, string id, string? eventId, CancellationToken cancellationToken)
    {
        var parentId = await TicketTypeReader.Find(operation.Database.TicketTypes, id, eventId)
            .Select(ticketType => (Guid?)ticketType.EventId)
            .SingleOrDefaultAsync(cancellationToken) ?? throw ApiError.NotFound("ticket type");
        var parent = await EventReader.LockAsync(
            operation, parentId.ToString(), cancellationToken);
        var (tenant, guid) = (operation.Tenant, Guid.Parse(id));
        var row = await operation.Database.TicketTypes
            .FromSql($"""
                SELECT * FROM ticket_types
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND id = {guid}
                FOR UPDATE
                """)
            .AsTracking()
            .SingleOrDefaultAsync(cancellationToken) ?? throw ApiError.NotFound("ticket type");
        return (row, parent);
    }

    private static async Task<int> LastPositionAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken) =>
        await operation.Database.TicketTypes
            .Where(ticketType => ticketType.EventId == eventId)
            .MaxAsync(ticketType => (int?)ticketType.Position, cancellationToken) ?? -1;
}
