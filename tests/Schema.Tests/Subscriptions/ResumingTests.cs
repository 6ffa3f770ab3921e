using CsCheck;
using Equaticket.Engine.Input;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Schema.Webhooks.Feed;

namespace Equaticket.Schema.Tests.Subscriptions;

/// <summary>A reconnecting client resumes where it left off.</summary>
public sealed class ResumingTests : ApiTest
{
    [Fact]
    public async Task Nothing_is_missed_or_sent_twice()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        string? last;
        await using (var before = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }))
        {
            await Host.BuyAsync(eventId, typeId, 2);
            last = (await before.ReadOrdersAsync(2)).Last;
        }

        var missed = await Host.BuyAsync(eventId, typeId, 3);
        await using var after = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }, last);
        var next = await Host.BuyAsync(eventId, typeId);
        Assert.Equal([.. missed, next], (await after.ReadOrdersAsync(4)).Numbers);
    }

    [Fact]
    public async Task A_stream_without_events_yet_can_be_resumed_too()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        string? begin;
        await using (var before = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }))
            begin = before.Begin;
        var missed = await Host.BuyAsync(eventId, typeId);
        await using var after = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }, begin);
        Assert.Equal(begin, after.Begin);
        Assert.Equal([missed], (await after.ReadOrdersAsync(1)).Numbers);
    }

    [Fact]
    public async Task Streams_end_and_can_be_resumed_while_the_database_is_unavailable()
    {
        await using var host = await TestHost.StartAsync();
        var org = await host.CreateOrganizationAsync();
        var (eventId, typeId) = await org.Live.PutOnSaleAsync(price: 0);
        await using var before = await org.Live.SubscribeAsync(Following.Orders, new { eventId });
        var (told, last) = (new List<string>(), before.Begin);
        var sold = await host.BuyAsync(eventId, typeId, 3);
        await host.CloseDatabaseAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            while (true)
                await ReadAsync(before);
        });
        await host.OpenDatabaseAsync();
        await Poll.UntilAsync(
            async () => (await org.Live.GetAsync("/api/v1/events")).Status == 200);
        await using var after = await org.Live.SubscribeAsync(Following.Orders, new { eventId }, last);
        while (told.Count < sold.Count)
            await ReadAsync(after);
        Assert.Equal(sold, told);

        async Task ReadAsync(OpenSubscription stream)
        {
            var (numbers, place) = await stream.ReadOrdersAsync(1);
            told.AddRange(numbers);
            last = place;
        }
    }

    [Fact]
    public async Task The_position_is_in_the_response_too()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.SubscribeAsync(Following.Orders, new { eventId });
        await Host.BuyAsync(eventId, typeId);
        var answer = await stream.ReadAsync();
        Assert.NotNull(answer!.Id);
        Assert.Equal(answer.Id, (string?)answer.Json["extensions"]!["lastEventId"]);
    }

    [Fact]
    public async Task More_than_a_page_is_sent_in_order()
    {
        const int count = WebhookEventReader.PageSize * 5 / 2;
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.SubscribeAsync(Following.Orders, new { eventId });
        var number = await Host.BuyAsync(eventId, typeId);
        Assert.Equal([number], (await stream.ReadOrdersAsync(1)).Numbers);
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO webhook_events (
                id, organization_id, livemode, type, data, event_id, order_id, created_at)
            SELECT (left(id::text, 24) || lpad(n::text, 12, '0'))::uuid, organization_id, livemode, type,
                data, event_id, order_id, created_at
            FROM webhook_events, generate_series(1, $2) AS n WHERE event_id = $1
            """,
            Guid.Parse(eventId), count);
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            Assert.True(StreamPosition.TryParse((await stream.ReadAsync())!.Id!, out var place));
            ids.Add($"{place.Id}");
        }

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("???????????????????????????????????????????")]
    [InlineData("f_______________________________________38")]
    public async Task An_invalid_position_is_refused(string place)
    {
        var (eventId, _) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }, place);
        await stream.AssertEndsAsync("validation_error");
    }

    [Fact]
    public async Task A_position_of_another_database_is_refused()
    {
        var (eventId, _) = await Org.Live.PutOnSaleAsync(price: 0);
        var foreign = new StreamPosition(ulong.MaxValue >> 1, Guid.Empty, TimeProvider.System.GetUtcNow());
        await using var stream = await Org.Live.SubscribeAsync(
            Following.Orders, new { eventId }, $"{foreign}");
        await stream.AssertEndsAsync("validation_error");
    }

    [Fact]
    public void A_position_round_trips() =>
        Gen.Select(Gen.ULong, Gen.Guid, Gen.Long[0, 253_402_300_799_999]).Sample((transaction, id, at) =>
        {
            var place = new StreamPosition(transaction, id, DateTimeOffset.FromUnixTimeMilliseconds(at));
            return StreamPosition.TryParse($"{place}", out var read) && read == place;
        });

    [Fact]
    public void Every_other_position_is_invalid_or_valid() =>
        Gen.String[Gen.Char["AEIMQUYcgkosw048-_ "], 43, 43].Sample(text =>
            !StreamPosition.TryParse(text, out var read) || $"{read}" == text);
}
