using Equaticket.Persistence.Organizations;

namespace Equaticket.RestFacade.Tests.TicketTypes;

/// <summary>A published live event requires Stripe when it becomes paid.</summary>
public sealed class PaidTicketTypesTests : ApiTest
{
    private TestOrganization _poor = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _poor = await Host.CreateOrganizationAsync(Plan.Pro, chargesEnabled: false);
    }

    [Fact]
    public async Task A_paid_type_cannot_be_added_without_stripe()
    {
        var (path, _) = await PublishFreeEventAsync(_poor.Live);
        (await _poor.Live.PostAsync($"{path}/ticket-types", Seed.TicketTypeBody(price: 1)))
            .AssertRefused("unprocessable", saying: "Stripe");
        (await _poor.Live.PostAsync($"{path}/ticket-types", Seed.TicketTypeBody(price: 0)))
            .AssertStatus(201);
    }

    [Fact]
    public async Task A_price_cannot_be_raised_from_0_without_stripe()
    {
        var (_, ticketType) = await PublishFreeEventAsync(_poor.Live);
        (await _poor.Live.PatchAsync(ticketType, new { price = 1 }))
            .AssertRefused("unprocessable", saying: "Stripe");
        Assert.Equal(0, (long?)(await _poor.Live.GetAsync(ticketType)).Json!["price"]);
        (await _poor.Live.PatchAsync(ticketType, new { price = 0 })).AssertStatus(200);
    }

    [Fact]
    public async Task A_draft_does_not_require_stripe()
    {
        var path = $"/api/v1/events/{await _poor.Live.CreateEventAsync()}/ticket-types";
        var id = (await _poor.Live.PostAsync(path, Seed.TicketTypeBody(price: 0))).AssertStatus(201).Id;
        (await _poor.Live.PatchAsync($"{path}/{id}", new { price = 500 })).AssertStatus(200);
    }

    [Fact]
    public async Task Test_mode_or_an_active_account_is_enough()
    {
        foreach (var client in new[] { _poor.Test, Org.Live })
        {
            var (path, ticketType) = await PublishFreeEventAsync(client);
            (await client.PostAsync($"{path}/ticket-types", Seed.TicketTypeBody(price: 1)))
                .AssertStatus(201);
            (await client.PatchAsync(ticketType, new { price = 1 })).AssertStatus(200);
        }
    }

    private static async Task<(string Path, string TicketType)> PublishFreeEventAsync(ApiClient client)
    {
        var id = await client.CreateEventAsync();
        var ticketType = await client.CreateTicketTypeAsync(id, price: 0);
        var path = $"/api/v1/events/{id}";
        (await client.PostAsync($"{path}/publish")).AssertStatus(200);
        return (path, $"{path}/ticket-types/{ticketType}");
    }
}
