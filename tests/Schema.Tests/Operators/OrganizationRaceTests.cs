using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Organizations;
using Npgsql;

namespace Equaticket.Schema.Tests.Operators;

/// <summary>Of two concurrent changes to one organization, neither is lost.</summary>
public sealed class OrganizationRaceTests : ApiTest
{
    private static readonly DateTimeOffset Earlier = DateTimeOffset.Parse("2026-01-02T03:04:05Z");

    [Fact]
    public async Task A_plan_change_keeps_terms_that_are_accepted_concurrently()
    {
        var slug = await CreateAsync();
        await WhileAsync(
            $"UPDATE organizations SET api_terms_accepted_at = '{Earlier:O}' WHERE slug = '{slug}'",
            () => Registry.SetPlanAsync(slug, Plan.Growth, default));
        Assert.Equal((Plan.Growth, Earlier), await ReadAsync(slug));
    }

    [Fact]
    public async Task Accepting_the_terms_keeps_a_plan_that_is_changed_concurrently()
    {
        var slug = await CreateAsync();
        await WhileAsync(
            $"UPDATE organizations SET plan = 'pro' WHERE slug = '{slug}'",
            () => Registry.AcceptTermsAsync(slug, default));
        var (plan, accepted) = await ReadAsync(slug);
        Assert.Equal(Plan.Pro, plan);
        Assert.NotNull(accepted);
    }

    [Theory]
    [InlineData("by command")]
    [InlineData("by session")]
    public async Task Accepting_the_terms_twice_concurrently_keeps_the_first_time(string way)
    {
        await Host.ExecuteSqlAsync(
            "UPDATE organizations SET api_terms_accepted_at = NULL WHERE id = $1",
            Org.Organization.Id);
        var admin = await Org.SignInAsync(Role.Admin);
        await WhileAsync(
            $"UPDATE organizations SET api_terms_accepted_at = '{Earlier:O}' WHERE slug = '{Org.Slug}'",
            async () =>
            {
                if (way == "by command")
                    await Registry.AcceptTermsAsync(Org.Slug, default);
                else
                    (await admin.GraphQLAsync("mutation { acceptApiTerms { acceptedAt } }")).Data();
            });
        Assert.Equal(Earlier, (await ReadAsync(Org.Slug)).AcceptedAt);
        Assert.Empty(await Host.QuerySqlAsync<string>(
            "SELECT action FROM audit_log WHERE subject_id = $1 AND action = 'api_terms.accepted'",
            Org.Organization.Id));
    }

    private OrganizationRegistry Registry => Host.Get<OrganizationRegistry>();

    /// <returns>The slug of an organization that has not accepted the terms.</returns>
    private async Task<string> CreateAsync() => (await Registry.CreateAsync(
        $"race-{Org.Slug}", "Race", Plan.Free, acceptTerms: false, default)).Slug;

    private async Task<(Plan Plan, DateTimeOffset? AcceptedAt)> ReadAsync(string slug)
    {
        var row = await Registry.GetAsync(slug, default);
        return (row.Plan, row.ApiTermsAcceptedAt);
    }

    /// <summary>Changes the organization, and commits only once the other change is waiting.</summary>
    private async Task WhileAsync(string change, Func<Task> other)
    {
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var first = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(change, connection))
            await command.ExecuteNonQueryAsync();
        var second = other();
        await Poll.UntilAsync(
            async () => second.IsCompleted || (await Host.QuerySqlAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))",
                connection.ProcessID))[0] > 0);
        await first.CommitAsync();
        await second;
    }
}
