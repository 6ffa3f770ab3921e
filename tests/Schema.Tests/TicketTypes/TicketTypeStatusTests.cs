using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Tests.TicketTypes;

public sealed class TicketTypeStatusTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <remarks>Times are in hours from now; null means not set.</remarks>
    [Theory]
    [InlineData(EventStatus.Draft, 48, null, null, null, 0, TicketTypeStatus.Scheduled)]
    [InlineData(EventStatus.Published, 48, null, null, null, 0, TicketTypeStatus.OnSale)]
    [InlineData(EventStatus.Cancelled, 48, null, null, null, 0, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Published, 48, null, 1, null, 0, TicketTypeStatus.Scheduled)]
    [InlineData(EventStatus.Published, 48, null, 0, null, 0, TicketTypeStatus.OnSale)]
    [InlineData(EventStatus.Published, 48, null, -2, -1, 0, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Published, 48, null, -1, 0, 0, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Published, 48, null, -1, 1, 0, TicketTypeStatus.OnSale)]
    [InlineData(EventStatus.Published, 48, null, null, null, 10, TicketTypeStatus.SoldOut)]
    [InlineData(EventStatus.Published, 48, null, 1, null, 10, TicketTypeStatus.SoldOut)]
    [InlineData(EventStatus.Published, 48, null, null, 0, 10, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Cancelled, 48, null, null, null, 10, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Published, -1, null, null, null, 0, TicketTypeStatus.OnSale)]
    [InlineData(EventStatus.Published, -24, null, null, null, 0, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Published, -48, 1, null, null, 0, TicketTypeStatus.OnSale)]
    [InlineData(EventStatus.Published, -2, 0, null, null, 0, TicketTypeStatus.Ended)]
    [InlineData(EventStatus.Draft, -48, null, null, null, 0, TicketTypeStatus.Ended)]
    public void The_status_follows_from_event_window_and_stock(
        EventStatus status, int starts, int? ends, int? from, int? until, int sold,
        TicketTypeStatus expected)
    {
        var parent = new Event
        {
            Id = default,
            Title = "",
            Slug = "",
            Status = status,
            Timezone = "UTC",
            StartsAt = Now.AddHours(starts),
            EndsAt = In(ends),
            Currency = "usd",
            CreatedAt = default,
            UpdatedAt = default,
        };
        var row = TicketTypeRow.At(TicketType(from, until, sold), parent, Now);
        Assert.Equal(expected, row.Status);
        Assert.Equal(10 - sold, row.TicketType.QuantityAvailable);
    }

    [Fact]
    public void Held_tickets_are_not_available_but_do_not_sell_out()
    {
        var row = new TicketTypeRow(TicketType(null, null, sold: 4), TicketTypeStatus.OnSale);
        row.TicketType.QuantityHeld = 6;
        Assert.Equal(0, row.TicketType.QuantityAvailable);
        row.TicketType.QuantityTotal = null;
        Assert.Null(row.TicketType.QuantityAvailable);
    }

    private static TicketType TicketType(int? from, int? until, int sold) => new()
    {
        Id = default,
        EventId = default,
        Name = "",
        Price = 0,
        Currency = "usd",
        QuantityTotal = 10,
        QuantitySold = sold,
        MinPerOrder = 1,
        MaxPerOrder = 10,
        SalesStartAt = In(from),
        SalesEndAt = In(until),
        Position = 0,
        CreatedAt = default,
        UpdatedAt = default,
    };

    private static DateTimeOffset? In(int? hours) => hours is { } given ? Now.AddHours(given) : null;
}
