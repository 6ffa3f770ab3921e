using System.Net;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Team;
using Equaticket.Schema.Webhooks.Sending;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The retry schedule and the health of endpoints, with a clock that the test controls.</summary>
public sealed class RetryTests : WebhookTest
{
    private static readonly TimeSpan[] Schedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private const string Owner = "owner@example.com";

    protected override FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_delivery_is_attempted_through_the_whole_schedule_with_the_same_bytes_and_then_fails()
    {
        Endpoint.AnswerWith(HttpStatusCode.InternalServerError);
        var id = await Org.Live.PingAsync(Webhook.Id);
        for (var step = 0; step < Schedule.Length; step++)
        {
            var delivery = await UntilAttemptedAsync(id, step + 1);
            Assert.Equal("pending", (string?)delivery["status"]);
            var (next, last) = (Time(delivery["next_attempt_at"]), LastAttempt(delivery));
            Assert.InRange(next - last, Schedule[step] * 0.9, (Schedule[step] * 1.1) + TimeSpan.FromSeconds(1));
            Clock.Leap(next - Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
            delivery = await UntilAttemptedAsync(id, step + 2);
            Assert.True(LastAttempt(delivery) >= next);
        }

        var ended = await DeliveryAsync(id);
        Assert.Equal(("failed", null), ((string?)ended["status"], (string?)ended["next_attempt_at"]));
        Assert.Equal(Schedule.Length + 1, Endpoint.Received.Count);
        Assert.Single(Endpoint.Received.Select(received => (received.MessageId, received.Body)).Distinct());
        Assert.Equal((string?)ended["message_id"], Endpoint.Received[0].MessageId);
    }

    [Fact]
    public async Task Retry_After_is_honored_up_to_the_longest_step()
    {
        foreach (var (asked, waits) in new[] { (3_600, 3_600), (1, 5), (10_000_000, 24 * 3_600) })
        {
            Endpoint.Answer = (_, http) =>
            {
                (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, $"{asked}");
                return Task.CompletedTask;
            };
            var delivery = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
            var wait = Time(delivery["next_attempt_at"]) - LastAttempt(delivery);
            Assert.InRange(wait.TotalSeconds, waits * 0.9, (waits * 1.1) + 1);
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_disabled_immediately_and_can_be_enabled_again()
    {
        Endpoint.AnswerWith(HttpStatusCode.Gone);
        var id = await Org.Live.PingAsync(Webhook.Id);
        var delivery = await UntilAttemptedAsync(id, 1);
        Assert.Equal("failed", (string?)delivery["status"]);
        var disabled = await UntilDisabledAsync();
        Assert.Contains("410", (string?)disabled["disabled_reason"], StringComparison.Ordinal);
        var refused = await Org.Live.PostAsync($"/api/v1/webhooks/{Webhook.Id}/ping");
        Assert.Equal((409, "conflict"), (refused.Status, refused.ErrorCode));

        Endpoint.AnswerWith(HttpStatusCode.OK);
        Assert.Equal(200, (await ChangeWebhookAsync(new { status = "enabled" })).Status);
        var again = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        Assert.Equal("succeeded", (string?)again["status"]);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_disabled_despite_concurrent_other_responses()
    {
        var claim = new ClaimedDelivery(
            Org.Organization.Id, Guid.Parse(await Org.Live.PingAsync(Webhook.Id)),
            Guid.Parse(Webhook.Id), Step: 0, Clock.GetUtcNow(), Clock.GetUtcNow());
        DeliveryOutcome Answered(int code, WebhookDeliveryStatus status) => new(
            claim,
            new WebhookDeliveryAttempt(Clock.GetUtcNow(), code, DurationMs: 1, Error: null, ResponseBody: null),
            status,
            DueAt: null);
        await Host.Get<EndpointHealth>().UpdateAsync(
            [
                Answered(200, WebhookDeliveryStatus.Succeeded),
                Answered(410, WebhookDeliveryStatus.Failed),
                Answered(200, WebhookDeliveryStatus.Succeeded),
            ],
            CancellationToken.None);
        var webhook = await ReadWebhookAsync();
        Assert.Equal("disabled", (string?)webhook["status"]);
        Assert.Contains("410", (string?)webhook["disabled_reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_days_of_only_failures_disable_an_endpoint_and_the_owner_is_notified()
    {
        await Host.Get<UserRegistry>().CreateAsync(
            Org.Organization, Owner, Role.Owner, password: null, CancellationToken.None);
        Endpoint.AnswerWith(HttpStatusCode.BadGateway);
        var id = await Org.Live.PingAsync(Webhook.Id);
        await UntilAttemptedAsync(id, 1);
        for (var day = 0; day < 5; day++)
        {
            Assert.Equal("enabled", (string?)(await ReadWebhookAsync())["status"]);
            Clock.Leap(TimeSpan.FromHours(23));
            await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        }

        Assert.Equal("enabled", (string?)(await ReadWebhookAsync())["status"]);
        Clock.Leap(TimeSpan.FromHours(5));
        var disabled = await UntilDisabledAsync();
        Assert.Contains("5 days", (string?)disabled["disabled_reason"], StringComparison.Ordinal);
        var notice = await UntilOwnerIsToldAsync();
        Assert.Equal(Owner, notice.To.Mailboxes.Single().Address);
        Assert.Contains((string)Webhook.Json!["url"]!, notice.TextBody, StringComparison.Ordinal);
        Assert.Contains("5 days", notice.TextBody, StringComparison.Ordinal);
        Assert.Empty(await Host.QuerySqlAsync<DateTime>(
            "SELECT owner_notice_due_at FROM webhooks WHERE owner_notice_due_at IS NOT NULL"));
    }

    [Fact]
    public async Task One_success_in_five_days_keeps_an_endpoint_enabled()
    {
        Endpoint.AnswerWith(HttpStatusCode.BadGateway);
        for (var day = 0; day < 12; day++)
        {
            Endpoint.AnswerWith(day == 6 ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
            await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
            Clock.Leap(TimeSpan.FromHours(12));
        }

        Assert.Equal("enabled", (string?)(await ReadWebhookAsync())["status"]);
    }

    [Fact]
    public async Task Both_secrets_sign_for_24_hours_after_a_rotation()
    {
        Assert.Equal(1, await SignaturesAsync());
        await RotateAsync();
        Assert.Equal(2, await SignaturesAsync());
        Clock.Leap(TimeSpan.FromHours(23));
        Assert.Equal(2, await SignaturesAsync());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await SignaturesAsync());
    }

    private async Task<int> SignaturesAsync()
    {
        await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        return Endpoint.Received[^1].Headers["webhook-signature"].Split(' ').Length;
    }

    private async Task<JsonNode> UntilDisabledAsync()
    {
        JsonNode? webhook = null;
        await Poll.UntilAsync(
            async () => (string?)(webhook = await ReadWebhookAsync())["status"] == "disabled");
        return webhook!;
    }

    private async Task<MimeMessage> UntilOwnerIsToldAsync()
    {
        var folder = Host.Get<IOptions<EmailOptions>>().Value.Folder;
        string? file = null;
        await Poll.UntilAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromMinutes(1));
                file = Directory.Exists(folder)
                    ? Directory.GetFiles(folder, $"webhook-{Webhook.Id}-*.eml").SingleOrDefault()
                    : null;
                return Task.FromResult(file is not null);
            });
        return await MimeMessage.LoadAsync(file!);
    }

    private static DateTimeOffset LastAttempt(JsonNode delivery) =>
        Time(delivery["attempts"]!.AsArray()[^1]!["attempted_at"]);
}
