using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.Webhooks;

/// <summary>The complete response of each webhook route.</summary>
public sealed class WebhookRoutesTests : ApiTest
{
    private const string Path = "/api/v1/webhooks";

    private static readonly string[] Refunds = ["order.refunded"];

    private static readonly object FullBody = new
    {
        url = "https://hooks.example.com/equaticket",
        events = new[] { "order.created", "event.sold_out" },
        description = "Orders to the warehouse",
    };

    [Fact]
    public async Task POST_webhooks_creates_one_and_shows_its_secret() =>
        (await Org.Live.PostAsync(Path, FullBody)).MatchSnapshot();

    [Fact]
    public async Task GET_webhooks_lists_newest_first_without_secrets()
    {
        var secret = (await Org.Live.PostAsync(Path, FullBody)).Text("secret")!;
        await Org.Live.PostAsync(Path, new { url = "https://example.com", events = Refunds });
        var list = await Org.Live.GetAsync(Path);
        Assert.DoesNotContain(secret, list.Body, StringComparison.Ordinal);
        list.MatchSnapshot();
    }

    [Fact]
    public async Task GET_webhook_shows_one()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        (await Org.Live.GetAsync($"{Path}/{id}")).MatchSnapshot();
    }

    [Fact]
    public async Task PATCH_webhook_changes_only_the_given_fields()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        var response = await Org.Live.PatchAsync($"{Path}/{id}", new
        {
            url = "https://example.com:8443/other",
            events = Refunds,
            description = (string?)null,
            status = "disabled",
        });
        response.MatchSnapshot();
        var enabled = await Org.Live.PatchAsync($"{Path}/{id}", new { status = "enabled" });
        Assert.Equal(("enabled", null), (enabled.Text("status"), enabled.Text("disabled_reason")));
    }

    [Fact]
    public async Task DELETE_webhook_removes_it()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        (await Org.Live.DeleteAsync($"{Path}/{id}")).MatchSnapshot();
        (await Org.Live.GetAsync($"{Path}/{id}")).AssertRefused("not_found");
        (await Org.Live.GetAsync($"{Path}/{id}/deliveries")).AssertRefused("not_found");
    }

    [Fact]
    public async Task POST_rotate_secret_shows_the_new_secret()
    {
        var created = await Org.Live.PostAsync(Path, FullBody);
        var rotated = await Org.Live.PostAsync($"{Path}/{created.Id}/rotate-secret");
        Assert.NotEqual(created.Text("secret"), rotated.Text("secret"));
        rotated.MatchSnapshot();
    }

    [Fact]
    public async Task POST_ping_returns_the_delivery()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        (await Org.Live.PostAsync($"{Path}/{id}/ping")).MatchSnapshot();
    }

    [Fact]
    public async Task POST_redeliver_failed_returns_the_count()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        var path = $"{Path}/{id}/redeliver-failed";
        (await Org.Live.PostAsync(path, new { since = "2026-01-01T00:00:00Z" })).MatchSnapshot();
        (await Org.Live.PostAsync(path, new { })).AssertRefused("validation_error", "since");
        (await Org.Live.PostAsync(path, new { since = "2026-01-01" }))
            .AssertRefused("validation_error", "since");
        await Org.Live.PatchAsync($"{Path}/{id}", new { status = "disabled" });
        (await Org.Live.PostAsync(path, new { since = "2026-01-01T00:00:00Z" }))
            .AssertRefused("conflict");
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.WebhooksRead);
        (await reader.PostAsync(path, new { since = "2026-01-01T00:00:00Z" }))
            .AssertRefused("forbidden");
    }

    [Fact]
    public async Task If_Match_guards_against_others()
    {
        var created = await Org.Live.PostAsync(Path, FullBody);
        var (id, tag) = (created.Id, ("If-Match", created.Header("ETag")!));
        var first = await Org.Live.SendAsync(
            HttpMethod.Patch, $"{Path}/{id}", new { description = "Mine" }, tag);
        first.AssertStatus(200);
        var second = await Org.Live.SendAsync(
            HttpMethod.Patch, $"{Path}/{id}", new { description = "Theirs" }, tag);
        second.AssertRefused("precondition_failed");
    }

    [Fact]
    public async Task GraphQL_reads_what_REST_created()
    {
        var created = await Org.Live.PostAsync(Path, FullBody);
        var read = await Org.Live.GraphQLAsync(
            """
            query ($id: ID!) {
              webhook(id: $id) { url events status secret }
              node(id: $id) { ... on Webhook { description } }
            }
            """,
            new { id = created.Id });
        Assert.Equal(
            """{"webhook":{"url":"https://hooks.example.com/equaticket","events":["ORDER_CREATED","EVENT_SOLD_OUT"],"status":"ENABLED","secret":null},"node":{"description":"Orders to the warehouse"}}""",
            read.Json!["data"]!.ToJsonString());
    }
}
