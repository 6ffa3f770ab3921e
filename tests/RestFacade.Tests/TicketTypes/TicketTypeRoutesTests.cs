namespace Equaticket.RestFacade.Tests.TicketTypes;

/// <summary>The complete response of each ticket type route.</summary>
public sealed class TicketTypeRoutesTests : ApiTest
{
    private static readonly object FullBody = new
    {
        name = "Early bird",
        description = "While they last.",
        price = 2500,
        currency = "usd",
        quantity_total = 100,
        min_per_order = 2,
        max_per_order = 6,
        sales_start_at = "2019-01-01T00:00:00Z",
        sales_end_at = "2099-01-01T00:00:00.5+01:00",
        position = 3,
        metadata = new { zone = "A" },
    };

    private string _path = "";
    private string _eventId = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _eventId = await Org.Live.CreateEventAsync();
        _path = $"/api/v1/events/{_eventId}/ticket-types";
    }

    [Fact]
    public async Task POST_ticket_types_creates_one() =>
        (await Org.Live.PostAsync(_path, FullBody)).MatchSnapshot();

    [Fact]
    public async Task GET_ticket_types_lists_newest_first()
    {
        await Org.Live.CreateTicketTypeAsync(_eventId, price: 0, total: null);
        await Org.Live.PostAsync(_path, FullBody);
        (await Org.Live.GetAsync(_path)).MatchSnapshot();
    }

    [Fact]
    public async Task GET_ticket_type_shows_one()
    {
        var id = (await Org.Live.PostAsync(_path, FullBody)).Id;
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_sold = 7, quantity_held = 2 WHERE id = $1",
            Guid.Parse(id));
        (await Org.Live.GetAsync($"{_path}/{id}")).MatchSnapshot();
    }

    [Fact]
    public async Task PATCH_ticket_type_changes_only_the_given_fields()
    {
        var id = (await Org.Live.PostAsync(_path, FullBody)).Id;
        var response = await Org.Live.PatchAsync($"{_path}/{id}", new
        {
            price = 3000,
            quantity_total = (int?)null,
            sales_end_at = (string?)null,
            metadata = new { zone = (string?)null, row = "7" },
        });
        response.MatchSnapshot();
    }

    [Fact]
    public async Task DELETE_ticket_type_removes_it()
    {
        var id = await Org.Live.CreateTicketTypeAsync(_eventId);
        (await Org.Live.DeleteAsync($"{_path}/{id}")).MatchSnapshot();
        (await Org.Live.GetAsync($"{_path}/{id}")).AssertRefused("not_found");
    }

    [Fact]
    public async Task GraphQL_reads_what_REST_created_changed_and_deleted()
    {
        var kept = (await Org.Live.PostAsync(_path, FullBody)).Id;
        var deleted = await Org.Live.CreateTicketTypeAsync(_eventId);
        await Org.Live.PatchAsync($"{_path}/{kept}", new { name = "Changed", price = 1 });
        await Org.Live.DeleteAsync($"{_path}/{deleted}");

        var response = await Org.Live.GraphQLAsync(
            """
            query ($id: ID!, $kept: ID!) {
              event(id: $id) { ticketTypes { totalCount nodes { id name price position } } }
              ticketType(id: $kept) {
                eventId livemode quantityTotal quantitySold quantityAvailable minPerOrder maxPerOrder
                salesStartAt salesEndAt status metadata currency description
              }
            }
            """,
            new { id = _eventId, kept });
        response.MatchSnapshot();
    }
}
