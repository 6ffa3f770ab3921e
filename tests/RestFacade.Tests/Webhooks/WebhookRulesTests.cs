using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Organizations;

namespace Equaticket.RestFacade.Tests.Webhooks;

public sealed class WebhookRulesTests : ApiTest
{
    private const string Path = "/api/v1/webhooks";

    private static readonly string[] Twice = ["order.created", "event.sold_out", "order.created"];

    private static object Body(params string[] events) =>
        new { url = "https://example.com/hook", events };

    [Theory]
    [InlineData(Plan.Free, 422)]
    [InlineData(Plan.Starter, 422)]
    [InlineData(Plan.Growth, 201)]
    [InlineData(Plan.Pro, 201)]
    public async Task Creating_requires_a_plan_with_webhooks_and_reading_does_not(Plan plan, int status)
    {
        var organization = await Host.CreateOrganizationAsync(plan);
        var created = await organization.Test.PostAsync(Path, Body("order.created"));
        created.AssertStatus(status);
        (await organization.Test.GetAsync(Path)).AssertStatus(200);
        if (status == 422)
            created.AssertRefused("unprocessable", saying: "growth or pro");
    }

    [Fact]
    public async Task A_downgrade_disables_with_a_reason_and_enabling_requires_an_upgrade()
    {
        var id = (await Org.Live.PostAsync(Path, Body("order.created"))).Id;
        var registry = Host.Get<OrganizationRegistry>();
        await registry.SetPlanAsync(Org.Slug, Plan.Starter, CancellationToken.None);
        var disabled = await Org.Live.GetAsync($"{Path}/{id}");
        Assert.Equal("disabled", disabled.Text("status"));
        Assert.Contains("plan", disabled.Text("disabled_reason")!, StringComparison.Ordinal);
        (await Org.Live.PatchAsync($"{Path}/{id}", new { status = "enabled" }))
            .AssertRefused("unprocessable");
        (await Org.Live.PostAsync($"{Path}/{id}/ping")).AssertRefused("conflict");

        const string nobodys = "018f0000-0000-7000-8000-000000000000";
        (await Org.Live.PatchAsync($"{Path}/{nobodys}", new { status = "enabled" })).AssertRefused("not_found");
        (await Org.Live.SendAsync(
            HttpMethod.Patch, $"{Path}/{id}", new { status = "enabled" }, ("If-Match", "\"99-0000000000000000\"")))
            .AssertRefused("precondition_failed");
        await registry.SetPlanAsync(Org.Slug, Plan.Pro, CancellationToken.None);
        (await Org.Live.PatchAsync($"{Path}/{id}", new { status = "enabled" })).AssertStatus(200);
    }

    [Fact]
    public async Task A_blank_description_is_null()
    {
        var created = await Org.Live.PostAsync(
            Path, new { url = "https://8.8.8.8/", events = new[] { "order.created" }, description = " " });
        Assert.Null(created.AssertStatus(201).Text("description"));
        var path = $"{Path}/{created.Id}";
        await Org.Live.PatchAsync(path, new { description = "Orders" });
        var blank = await Org.Live.PatchAsync(path, new { description = "" });
        Assert.Null(blank.AssertStatus(200).Text("description"));
    }

    [Fact]
    public async Task Events_must_be_known_unique_and_at_least_one()
    {
        (await Org.Live.PostAsync(Path, Body())).AssertRefused("validation_error", "events");
        (await Org.Live.PostAsync(Path, Body("order.created", "order.created")))
            .AssertRefused("validation_error", "events");
        (await Org.Live.PostAsync(Path, Body("order.lost")))
            .AssertRefused("validation_error", "events[0]", "order.created");
        var id = (await Org.Live.PostAsync(Path, Body("order.created"))).Id;
        (await Org.Live.PatchAsync($"{Path}/{id}", new { events = Array.Empty<string>() }))
            .AssertRefused("validation_error", "events");
        (await Org.Live.PatchAsync($"{Path}/{id}", new { events = (string[]?)null }))
            .AssertRefused("validation_error", "events");
        (await Org.Live.PatchAsync($"{Path}/{id}", new { events = Twice }))
            .AssertRefused("validation_error", "events", "duplicates");
    }

    [Theory]
    [InlineData("[]", "at least 1")]
    [InlineData("[ORDER_CREATED, EVENT_SOLD_OUT, ORDER_CREATED]", "duplicates")]
    public async Task Events_are_a_set_for_literals_as_well(string events, string saying)
    {
        var refused = await Org.Live.GraphQLAsync(
            $$"""mutation { createWebhook(input: { url: "https://example.com", events: {{events}} }) { id } }""");
        var error = refused.Json!["errors"]![0]!;
        Assert.Equal(
            ("validation_error", "events"),
            ((string?)error["extensions"]!["code"], (string?)error["extensions"]!["param"]));
        Assert.Contains(saying, (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_may_be_subscribed_to_but_not_triggered()
    {
        (await Org.Live.PostAsync(Path, Body("order.created", "webhook.ping"))).AssertStatus(201);
        var triggered = await Org.Test.GraphQLAsync(
            "mutation { triggerWebhookEvent(type: WEBHOOK_PING) { messageId } }");
        var error = triggered.Json!["errors"]![0]!["extensions"]!;
        Assert.Equal(("validation_error", "type"), ((string?)error["code"], (string?)error["param"]));
    }

    [Fact]
    public async Task At_most_100_exist_in_each_mode()
    {
        // An IP address, because a host name would be resolved each time.
        var body = new { url = "https://8.8.8.8/hook", events = new[] { "order.created" } };
        for (var number = 0; number < 100; number++)
            (await Org.Live.PostAsync(Path, body)).AssertStatus(201);
        (await Org.Live.PostAsync(Path, body)).AssertRefused("unprocessable");
        (await Org.Test.PostAsync(Path, body)).AssertStatus(201);
    }

    [Fact]
    public async Task Keys_need_scopes_and_users_need_roles()
    {
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.WebhooksRead);
        (await reader.PostAsync(Path, Body("order.created"))).AssertRefused("forbidden");
        var writer = await Org.CreateKeyAsync(livemode: true, Scope.WebhooksWrite);
        var id = (await writer.PostAsync(Path, Body("order.created"))).AssertStatus(201).Id;
        (await writer.GetAsync(Path)).AssertRefused("forbidden");
        (await reader.GetAsync($"{Path}/{id}")).AssertStatus(200);

        const string rotate = "mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret } }";
        const string ping = "mutation ($id: ID!) { pingWebhook(id: $id) { id } }";
        var admin = await Org.SignInAsync(Role.Admin);
        Assert.Null((await admin.GraphQLAsync(ping, new { id })).ErrorCode);
        Assert.Equal("forbidden", (await admin.GraphQLAsync(rotate, new { id })).ErrorCode);
        var owner = await Org.SignInAsync(Role.Owner);
        Assert.Null((await owner.GraphQLAsync(rotate, new { id })).ErrorCode);
        var manager = await Org.SignInAsync(Role.EventManager);
        Assert.Equal("forbidden", (await manager.GraphQLAsync(ping, new { id })).ErrorCode);
    }

    [Fact]
    public async Task Secrets_are_encrypted_at_rest_and_a_retried_creation_shows_the_same_secret()
    {
        var key = ("Idempotency-Key", "make-it-once");
        var first = await Org.Live.SendAsync(HttpMethod.Post, Path, Body("order.created"), key);
        var again = await Org.Live.SendAsync(HttpMethod.Post, Path, Body("order.created"), key);
        Assert.Equal(first.Body, again.Body);
        var secret = first.Text("secret")!;
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);
        var stored = await Host.QuerySqlAsync<byte[]>(
            "SELECT secret FROM webhooks WHERE id = $1", Guid.Parse(first.Id));
        Assert.DoesNotContain(
            secret["whsec_".Length..], System.Text.Encoding.Latin1.GetString(stored[0]),
            StringComparison.Ordinal);
    }
}
