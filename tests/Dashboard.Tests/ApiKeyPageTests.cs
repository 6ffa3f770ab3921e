using System.Net;
using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>The guide's steps for API keys, without JavaScript.</summary>
public sealed partial class ApiKeyPageTests : DashboardTest
{
    private static readonly (string, string)[] NewKey =
        [("name", "Website"), ("mode", "test"), ("scopes", "events:read"), ("expires_at", "")];

    [Fact]
    public async Task A_key_is_shown_once_and_works_until_it_is_revoked()
    {
        using var client = await SignInAsync(Role.Owner);
        var created = await client.PostAsync($"{Keys}/new", "CreateApiKey", NewKey);
        Assert.Equal(200, created.Status);
        var key = Key().Match(created.Body).Value;
        Assert.Equal(200, (await CallAsync(key)).Status);
        var list = await client.GetAsync(Keys);
        Assert.DoesNotContain(key, list.Body, StringComparison.Ordinal);
        var path = Details().Match(list.Body).Value;
        var revoked = await client.PostAsync(path, "RevokeApiKey");
        Assert.Equal((303, Keys), (revoked.Status, revoked.Location));
        Assert.Contains("The key was revoked", (await client.GetAsync(Keys)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("The key was revoked", (await client.GetAsync(Keys)).Body, StringComparison.Ordinal);
        Assert.Equal(401, (await CallAsync(key)).Status);
    }

    [Fact]
    public async Task Submitting_a_form_twice_creates_one_key_and_shows_it_both_times()
    {
        using var client = await SignInAsync(Role.Owner);
        var path = $"{Keys}/new";
        var hidden = (await client.GetAsync(path)).FormOf("CreateApiKey");
        var answers = await Task.WhenAll(
            client.SendAsync(DashboardClient.Form(path, hidden, NewKey)),
            client.SendAsync(DashboardClient.Form(path, hidden, NewKey)));
        Assert.Equal(Key().Match(answers[0].Body).Value, Key().Match(answers[1].Body).Value);
        Assert.Single(Regex.Matches((await client.GetAsync(Keys)).Body, ">Website</a>"));
    }

    [Fact]
    public async Task Creating_a_key_offers_the_terms_until_they_are_accepted()
    {
        var organization = await WithoutTermsAsync();
        using var client = await SignInAsync(Role.Owner, organization);
        var path = $"/dashboard/{organization.Slug}/live/settings/developer/api-keys/new";
        var refused = await client.PostAsync(path, "CreateApiKey", NewKey);
        Assert.Equal(403, refused.Status);
        Assert.Contains("must accept the API Terms of Service", refused.Body, StringComparison.Ordinal);
        Assert.Contains("Accept the terms", refused.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await client.PostAsync(path, "AcceptApiTerms")).Status);
        Assert.Equal(200, (await client.PostAsync(path, "CreateApiKey", NewKey)).Status);
    }

    [Fact]
    public async Task An_admin_sees_why_only_the_owner_can_create_and_revoke_keys()
    {
        using var client = await SignInAsync(Role.Admin);
        var page = await client.GetAsync($"{Keys}/new");
        Assert.Contains("This requires the role owner.", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"CreateApiKey\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_shown_at_its_field_and_the_form_keeps_its_values()
    {
        using var client = await SignInAsync(Role.Owner);
        var answer = await client.PostAsync(
            $"{Keys}/new", "CreateApiKey",
            ("name", "Nightly export"), ("mode", "live"), ("expires_at", "2020-01-01"), ("scopes", "orders:read"));
        Assert.Equal(400, answer.Status);
        Assert.Contains(
            "<a href=\"#expires_at\">Expiration date must be in the future.</a>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Nightly export\"", answer.Body, StringComparison.Ordinal);
        Assert.Matches("checked=\"checked\"[^>]*value=\"orders:read\"", answer.Body);
    }

    [Fact]
    public async Task A_link_fills_the_form_in()
    {
        using var client = await SignInAsync(Role.Owner);
        var page = await client.GetAsync($"{Keys}/new?name=Shop&scopes=events:read,orders:read&mode=test&expires=30");
        Assert.Contains("value=\"Shop\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page.Body, "checked=\"checked\""));
        Assert.Matches("selected>in 30 days", page.Body);
    }

    [Fact]
    public async Task A_rolled_key_is_shown_once_and_the_old_one_expires()
    {
        using var client = await SignInAsync(Role.Owner);
        var old = await Org.CreateKeyAsync(livemode: true);
        var rolled = await client.PostAsync($"{Keys}/{old.KeyId}", "RollApiKey", ("overlap_seconds", "0"));
        Assert.Equal(200, rolled.Status);
        Assert.Equal(200, (await CallAsync(Key().Match(rolled.Body).Value)).Status);
        Assert.Equal(401, (await CallAsync(old.Secret)).Status);
    }

    [Fact]
    public async Task The_activity_log_groups_rejected_calls_and_keeps_its_filters_in_the_URL()
    {
        using var client = await SignInAsync(Role.Admin);
        await Org.Live.GetAsync("/api/v1/events?limit=1000");
        await Org.Live.GetAsync("/api/v1/orders");
        var path = $"{Live}/settings/developer/activity";
        await Poll.UntilAsync(
            async () => (await client.GetAsync(path)).Body.Contains("validation_error", StringComparison.Ordinal));
        var filtered = await client.GetAsync($"{path}?status=400&method=GET&route=/api/v1/events");
        Assert.Contains("GET /api/v1/events", filtered.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /api/v1/orders", filtered.Body, StringComparison.Ordinal);
        var wrong = await client.GetAsync($"{path}?status=abc");
        Assert.Equal(400, wrong.Status);
        Assert.Contains("<a href=\"#status\">Exact status must be a whole number.</a>", wrong.Body, StringComparison.Ordinal);
        var test = await client.GetAsync($"{Test}/settings/developer/activity");
        Assert.DoesNotContain("/api/v1/orders</code></summary>", test.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_data_is_reset_after_the_confirmation_is_typed()
    {
        using var client = await SignInAsync(Role.Admin);
        await Org.Test.CreatePublishedEventAsync();
        var path = $"{Test}/settings/developer/api-keys/reset-test-data";
        Assert.Contains("<dt>Events</dt><dd>1</dd>", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        var unconfirmed = await client.PostAsync(path, "ResetTestData", ("_confirm", ""));
        Assert.Equal(400, unconfirmed.Status);
        Assert.Contains("Type &quot;reset&quot; to confirm.", unconfirmed.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await client.PostAsync(path, "ResetTestData", ("_confirm", "reset"))).Status);
        Assert.Contains("<dt>Events</dt><dd>0</dd>", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_is_added_pinged_rotated_and_deleted()
    {
        using var client = await SignInAsync(Role.Owner);
        var hooks = $"{Live}/settings/developer/webhooks";
        var created = await client.PostAsync(
            $"{hooks}/new", "CreateWebhook", ("url", "https://example.com/hook"), ("events", "order.created"));
        Assert.True(created.Status == 200, created.Body);
        Assert.Matches("whsec_[A-Za-z0-9+/=]+", WebUtility.HtmlDecode(created.Body));
        var path = Regex.Match((await client.GetAsync(hooks)).Body, $"{hooks}/[0-9a-f-]{{36}}").Value;
        Assert.Equal(303, (await client.PostAsync(path, "PingWebhook")).Status);
        Assert.Contains("webhook.ping", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Contains("whsec_", (await client.PostAsync(path, "RotateWebhookSecret")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await client.PostAsync(path, "SetWebhookStatus")).Status);
        Assert.Contains("disabled", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal(400, (await client.PostAsync(path, "DeleteWebhook")).Status);
        Assert.Equal((303, hooks), Where(await client.PostAsync(path, "DeleteWebhook", ("_confirm", "delete"))));
    }

    private static (int, string?) Where(PageAnswer answer) => (answer.Status, answer.Location);

    private Task<ApiResponse> CallAsync(string key) => ApiResponse.SendAsync(
        Host.Http, HttpMethod.Get, "/api/v1/events", key, body: null);

    [GeneratedRegex("sk_(live|test)_[A-Za-z0-9]{38}", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex("/dashboard/[a-z0-9-]+/live/settings/developer/api-keys/[0-9a-f-]{36}(?=\">Website)")]
    private static partial Regex Details();
}
