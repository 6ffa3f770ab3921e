using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.Subscriptions;

public sealed class UnheardRevocationTests
{
    [Fact]
    public async Task A_stream_ends_even_if_the_host_is_never_notified_of_the_revocation()
    {
        await using var host = await DeafHost.StartAsync();
        var org = await host.CreateOrganizationAsync();
        var (eventId, _) = await org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await org.Live.SubscribeAsync(Following.Orders, new { eventId });
        Assert.NotNull(stream.Begin);
        await host.ExecuteSqlAsync(
            "UPDATE api_keys SET revoked_at = now() WHERE id = $1", org.Live.KeyId);
        await stream.AssertEndsAsync("unauthorized");
    }
}
