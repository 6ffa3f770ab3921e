namespace Equaticket.RestFacade.Tests.TestData;

internal static class TestSale
{
    /// <summary>Simulates an order of one ticket.</summary>
    public static Task<ApiResponse> BuyAsync(ApiClient client, string eventId, string typeId) =>
        client.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = eventId,
            buyer_name = "Ada",
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = typeId, quantity = 1 } },
        });
}
