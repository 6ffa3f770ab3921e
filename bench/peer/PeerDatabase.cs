using Microsoft.EntityFrameworkCore;

namespace Equaticket.Peer;

/// <summary>The columns of the product's tables that the operations return.</summary>
internal sealed class PeerDatabase(DbContextOptions<PeerDatabase> options) : DbContext(options)
{
    public DbSet<Event> Events => Set<Event>();

    public DbSet<TicketType> TicketTypes => Set<TicketType>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Attendee> Attendees => Set<Attendee>();
}

internal abstract class Row
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public bool Livemode { get; init; }

    public DateTime CreatedAt { get; init; }
}

internal sealed class Event : Row
{
    public required string Title { get; init; }

    public required string Slug { get; init; }

    public required string Status { get; init; }

    public DateTime StartsAt { get; init; }

    public required string Currency { get; init; }
}

internal sealed class TicketType : Row
{
    public Guid EventId { get; init; }

    public required string Name { get; init; }

    public long Price { get; init; }

    public required string Currency { get; init; }

    public int? QuantityTotal { get; init; }

    public int QuantitySold { get; init; }
}

internal sealed class Order : Row
{
    public Guid EventId { get; init; }

    public long Number { get; init; }

    public required string Status { get; init; }

    public string? BuyerEmail { get; init; }

    public string? BuyerName { get; init; }

    public long TotalAmount { get; init; }

    public long FeeAmount { get; init; }

    public required string Currency { get; init; }

    public DateTime UpdatedAt { get; init; }
}

internal sealed class Attendee : Row
{
    public Guid OrderId { get; init; }

    public required string TicketCode { get; init; }

    public required string Status { get; init; }

    public string? Name { get; init; }
}
