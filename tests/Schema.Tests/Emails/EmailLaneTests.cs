using MimeKit;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>Emails of one kind and organization do not delay those of another.</summary>
public sealed class EmailLaneTests(EmailHost shared) : EmailTest(shared)
{
    private const int Crowd = 60;

    [Fact]
    public async Task Tickets_do_not_wait_for_a_crowd_of_cancellations()
    {
        await QueueCancellationsAsync();
        var own = await BuyAsync(email: "own@example.com");
        var other = await Host.CreateOrganizationAsync();
        await BuyAsync(email: "other@example.com", seller: other);
        await SendAsync();
        var order = Mail.Taken.Select(Recipient).ToList();
        Assert.Equal(Crowd + 2, order.Count);
        Assert.InRange(order.IndexOf("own@example.com"), 0, 10);
        Assert.InRange(order.IndexOf("other@example.com"), 0, 10);
    }

    [Fact]
    public async Task A_slow_email_delays_only_its_own_lane()
    {
        var stuck = Mail.Hold("stuck@example.com");
        await BuyAsync(email: "stuck@example.com");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await BuyAsync(email: "behind@example.com");
        var other = await Host.CreateOrganizationAsync();
        await BuyAsync(email: "other@example.com", seller: other);
        var sending = SendAsync();
        await UntilTakenAsync("other@example.com");

        await BuyAsync(email: "later@example.com", seller: await Host.CreateOrganizationAsync());
        await UntilTakenAsync("later@example.com");
        Assert.DoesNotContain("behind@example.com", Mail.Taken.Select(Recipient));
        stuck.SetResult();
        await sending;
        Assert.Equal(4, Mail.Taken.Count);
    }

    [Fact]
    public async Task Lanes_beyond_the_concurrency_limit_take_turns()
    {
        for (var count = 0; count < 10; count++)
            await BuyAsync(email: "crowd@example.com", seller: await Host.CreateOrganizationAsync());
        await CopyAsync(kind: "order_confirmed", count: 15);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await BuyAsync(email: "late@example.com");
        await SendAsync();
        var order = Mail.Taken.Select(Recipient).ToList();
        Assert.Equal(151, order.Count);
        Assert.InRange(order.IndexOf("late@example.com"), 0, 75);
    }

    [Fact]
    public async Task The_ids_of_emails_contain_their_time()
    {
        var (eventId, _) = await BuyAsync();
        await Org.Live.PostAsync($"/api/v1/events/{eventId}/cancel");
        Assert.Equal([7, 7], (await Host.QuerySqlAsync<Guid>("SELECT id FROM queued_emails")).Select(id => id.Version));
    }

    [Fact]
    public async Task A_buyer_of_an_event_cancelled_before_the_tickets_are_sent_is_notified_only_of_that()
    {
        var (eventId, _) = await BuyAsync();
        Assert.Equal(200, (await Org.Live.PostAsync($"/api/v1/events/{eventId}/cancel")).Status);
        await SendAsync();
        Assert.Equal("Tea & Sums is cancelled", Assert.Single(Mail.Taken).Subject);
    }

    private static string Recipient(MimeMessage message) => message.To.Mailboxes.Single().Address;

    /// <remarks>Delivery polls for new lanes on the test's clock, which is otherwise stopped.</remarks>
    private Task UntilTakenAsync(string recipient) => Poll.UntilAsync(
        () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(Mail.Taken.Select(Recipient).Contains(recipient, StringComparer.Ordinal));
        });

    /// <summary>Cancels an event with this many buyers, all of whom must be notified.</summary>
    private async Task QueueCancellationsAsync()
    {
        var (eventId, _) = await BuyAsync(email: "crowd@example.com");
        await SendAsync();
        Mail.Taken.Clear();
        Assert.Equal(200, (await Org.Live.PostAsync($"/api/v1/events/{eventId}/cancel")).Status);
        await CopyAsync(kind: "event_cancelled", Crowd);
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Multiplies each queued email of a kind.</summary>
    private Task CopyAsync(string kind, int count) => Host.ExecuteSqlAsync(
        """
        INSERT INTO queued_emails SELECT (jsonb_populate_record(
            email, jsonb_build_object('id', gen_random_uuid()))).*
        FROM queued_emails AS email, generate_series(2, $2) WHERE kind = $1
        """,
        kind, count);
}
