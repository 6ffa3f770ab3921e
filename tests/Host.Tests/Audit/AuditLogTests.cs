using Equaticket.Persistence.Team;
using Npgsql;

namespace Equaticket.Host.Tests.Audit;

public sealed class AuditLogTests : ApiTest
{
    private const string Keys = "/api/settings/api-keys";

    private static readonly object NewKey =
        new { name = "Mine", mode = "test", scopes = new[] { "events:read" } };

    [Fact]
    public async Task Actions_on_keys_are_recorded_with_their_actor()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var created = await owner.PostAsync(Keys, NewKey);
        await owner.PostAsync($"{Keys}/{created.Id}/roll", new { overlap_seconds = 60 });
        await owner.DeleteAsync($"{Keys}/{created.Id}");
        await owner.DeleteAsync($"{Keys}/{created.Id}");

        Assert.Equal(
            ["api_key.created", "api_key.rolled", "api_key.revoked"],
            await ActionsAsync("subject_id = $2 AND user_id = $3", Guid.Parse(created.Id), owner.UserId));
    }

    [Fact]
    public async Task Accepting_the_terms_is_recorded_once()
    {
        var organization = await Host.CreateOrganizationWithoutTermsAsync();
        var admin = await Host.SignInAsync(organization, Role.Admin);
        await admin.PostAsync("/api/settings/api-terms");
        await admin.PostAsync("/api/settings/api-terms");
        var rows = await Host.QuerySqlAsync<Guid>(
            "SELECT user_id FROM audit_log WHERE organization_id = $1 AND action = 'api_terms.accepted'",
            organization.Id);
        Assert.Equal([admin.UserId], rows);
    }

    [Fact]
    public async Task A_reset_is_recorded_with_the_key_and_its_record_survives_the_next_one()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await Org.Test.PostAsync($"{Keys}/reset-test-data")).Status);
        Assert.Equal(
            ["test_data.reset", "test_data.reset"],
            await ActionsAsync("api_key_id = $2", Org.Test.KeyId));
    }

    [Fact]
    public async Task Changes_to_a_webhook_are_recorded_with_its_old_and_new_host_and_status()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('a', 62), 4));
        var id = (await Org.Live.PostAsync(
            "/api/v1/webhooks", new { url = "https://8.8.8.8/?key=old", events = new[] { "order.created" } })).Id;
        foreach (var change in new object[]
        {
            new { url = "https://1.1.1.1/?key=old" },
            new { url = "https://1.1.1.1/?key=old" },
            new { url = "https://1.1.1.1/?key=new" },
            new { status = "disabled" },
            new { url = $"https://{host}/", status = "enabled" },
            new { url = $"https://b{host[1..]}/" },
        })
            Assert.Equal(200, (await Org.Live.PatchAsync($"/api/v1/webhooks/{id}", change)).Status);
        Assert.Equal(
            [
                "8.8.8.8 → 1.1.1.1", "", "enabled → disabled", $"1.1.1.1 → {host}, disabled → enabled",
                $"{host} → b{host[1..]}"[..500],
            ],
            await Host.QuerySqlAsync<string>(
                """
                SELECT coalesce(detail, '') FROM audit_log
                WHERE subject_id = $1 AND action = 'webhook.updated' AND api_key_id = $2 ORDER BY created_at, id
                """,
                Guid.Parse(id), Org.Live.KeyId));
    }

    [Fact]
    public async Task Refused_requests_are_not_recorded()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        await admin.DeleteAsync($"{Keys}/{Org.Test.KeyId}");
        await Org.Live.PostAsync($"{Keys}/reset-test-data");
        Assert.Empty(await ActionsAsync("action IN ('api_key.revoked', 'test_data.reset')"));
    }

    [Theory]
    [InlineData("UPDATE audit_log SET action = 'api_key.created'")]
    [InlineData("DELETE FROM audit_log")]
    public async Task The_log_accepts_only_new_rows(string change) =>
        await Assert.ThrowsAsync<PostgresException>(() =>
            Host.ExecuteSqlAsync($"{change} WHERE organization_id = $1", Org.Organization.Id));

    private Task<IReadOnlyList<string>> ActionsAsync(string condition, params object[] values) =>
        Host.QuerySqlAsync<string>(
            $"SELECT action FROM audit_log WHERE organization_id = $1 AND {condition} ORDER BY created_at, id",
            [Org.Organization.Id, .. values]);
}
