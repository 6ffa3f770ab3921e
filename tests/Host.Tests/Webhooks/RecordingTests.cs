using System.Net;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Webhooks.Sending;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>Outcomes that are recorded while another transaction has the same rows, or the database fails.</summary>
public sealed class RecordingTests : WebhookTest
{
    private NpgsqlConnection _rival = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _rival = new NpgsqlConnection(Host.ConnectionString);
        await _rival.OpenAsync();
    }

    public override async Task DisposeAsync()
    {
        await _rival.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Outcomes_are_recorded_once_after_a_deadlock()
    {
        var id = await DeliverAsync();
        await Host.ExecuteSqlAsync(
            """
            CREATE SEQUENCE tries;
            CREATE FUNCTION lose_first() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('tries') = 1 THEN
                    RAISE EXCEPTION USING ERRCODE = 'deadlock_detected';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER lose_first BEFORE UPDATE ON webhook_deliveries
                FOR EACH ROW EXECUTE FUNCTION lose_first();
            """);
        await Host.Get<DeliveryRecorder>().RecordAsync([Outcome(id, 200)], CancellationToken.None);
        Assert.Equal(2, (await DeliveryAsync($"{id}"))["attempts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Outcomes_lock_their_deliveries_in_the_order_of_the_IDs()
    {
        Guid[] ids = [await DeliverAsync(), await DeliverAsync()];
        var (first, second) = (ids.Min(), ids.Max());
        await RivalAsync($"BEGIN; SELECT FROM webhook_deliveries WHERE id = '{first}' FOR UPDATE");
        var recording = Host.Get<DeliveryRecorder>().RecordAsync(
            [Outcome(second, 200), Outcome(first, 200)], CancellationToken.None);
        await UntilRivalBlocksAsync();
        await RivalAsync($"SELECT FROM webhook_deliveries WHERE id = '{second}' FOR UPDATE NOWAIT; COMMIT");
        await recording;
        foreach (var id in ids)
            Assert.Equal(2, (await DeliveryAsync($"{id}"))["attempts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("deleted")]
    [InlineData("downgraded")]
    [InlineData("gone")]
    public async Task Deliveries_that_end_with_their_webhook_are_locked_before_the_queue(string reason)
    {
        var id = await DeliverAsync();
        await QueueAsync(id);
        await RivalAsync($"BEGIN; SELECT FROM webhook_deliveries WHERE id = '{id}' FOR UPDATE");
        var ending = EndAsync(reason, id);
        await UntilRivalBlocksAsync();
        await RivalAsync($"SELECT FROM webhook_queue WHERE delivery_id = '{id}' FOR UPDATE NOWAIT; COMMIT");
        await ending;
        Assert.Equal(["failed"], await Host.QuerySqlAsync<string>("SELECT status FROM webhook_deliveries"));
        Assert.Empty(await Host.QuerySqlAsync<Guid>("SELECT delivery_id FROM webhook_queue"));
    }

    [Fact]
    public async Task A_failure_to_record_the_health_of_an_endpoint_leaves_its_deliveries_recorded()
    {
        var log = new LogCapture();
        Host.Get<ILoggerFactory>().AddProvider(log);
        await Host.ExecuteSqlAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'No webhook changes.';
            END $$;
            CREATE TRIGGER refuse BEFORE UPDATE ON webhooks FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        Endpoint.AnswerWith(HttpStatusCode.InternalServerError);
        await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        await Poll.UntilAsync(() => Task.FromResult(log.Lines.Any(line => line.Level == LogLevel.Warning)));
        var warning = Assert.Single(log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.StartsWith("The health of the endpoints of 1 deliveries", warning.Text, StringComparison.Ordinal);
    }

    /// <returns>A delivery that succeeded.</returns>
    private async Task<Guid> DeliverAsync()
    {
        var id = await Org.Live.PingAsync(Webhook.Id);
        await UntilAttemptedAsync(id, 1);
        return Guid.Parse(id);
    }

    /// <summary>Makes a delivery wait for a retry.</summary>
    private async Task QueueAsync(Guid id)
    {
        await Host.ExecuteSqlAsync("UPDATE webhook_deliveries SET status = 'pending' WHERE id = $1", id);
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO webhook_queue (organization_id, livemode, delivery_id, webhook_id, event_id, step, due_at)
            SELECT organization_id, livemode, id, webhook_id, event_id, 1, now() + interval '1 hour'
            FROM webhook_deliveries WHERE id = $1
            """,
            id);
    }

    private Task EndAsync(string reason, Guid id) => reason switch
    {
        "disabled" => ChangeWebhookAsync(new { status = "disabled" }),
        "deleted" => Org.Live.DeleteAsync($"/api/v1/webhooks/{Webhook.Id}"),
        "downgraded" => Host.Get<OrganizationRegistry>().SetPlanAsync(
            Org.Slug, Plan.Starter, CancellationToken.None),
        _ => Host.Get<EndpointHealth>().UpdateAsync([Outcome(id, 410)], CancellationToken.None),
    };

    private DeliveryOutcome Outcome(Guid id, int status)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DeliveryOutcome(
            new ClaimedDelivery(Org.Organization.Id, id, Guid.Parse(Webhook.Id), Step: 0, now, now),
            new WebhookDeliveryAttempt(now, status, DurationMs: 1, Error: null, ResponseBody: null),
            status == 200 ? WebhookDeliveryStatus.Succeeded : WebhookDeliveryStatus.Failed,
            DueAt: null);
    }

    private async Task RivalAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _rival);
        await command.ExecuteNonQueryAsync();
    }

    private Task UntilRivalBlocksAsync() => Poll.UntilAsync(async () => (await Host.QuerySqlAsync<int>(
        "SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", _rival.ProcessID)).Count > 0);
}
