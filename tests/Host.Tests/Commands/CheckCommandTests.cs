using Equaticket.Host.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.Commands;

[Trait("Category", "Heavy")]
public sealed class CheckCommandTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    [Fact]
    public async Task Check_reports_each_difference_and_exits_with_1()
    {
        await folder.JsonAsync("org create --slug check --name Check --plan pro");
        var clean = await folder.RunAsync("check");
        Assert.Equal((0, "0 differences in 1 organization.\n"), (clean.ExitCode, clean.Output));
        Assert.Contains("Checking check (1 of 1)", clean.Errors, StringComparison.Ordinal);
        Assert.Equal(
            """{"differences":[],"organizations":1}""",
            (await folder.JsonAsync("check")).ToJsonString());

        await CorruptAsync();
        var told = await folder.RunAsync("check");
        Assert.Equal(1, told.ExitCode);
        Assert.Equal(3, told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches("(?m)^check live quantity_sold [-0-9a-f]{36}: expected 0, found 5[.] ", told.Output);

        var json = await folder.RunAsync("check --json");
        Assert.Equal((1, 1), (json.ExitCode, json.Output.Count(character => character == '\n')));
        var differences = json.Json["differences"]!.AsArray();
        Assert.Equal(
            ["quantity_sold", "quantity_held"], differences.Select(d => (string)d!["kind"]!));
        Assert.Equal(
            ["organization", "mode", "kind", "id", "expected", "actual", "message"],
            differences[0]!.AsObject().Select(member => member.Key));
    }

    private async Task CorruptAsync()
    {
        await using var cluster = await EmbeddedCluster.AcquireAsync(
            folder.Data, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = database.CreateCommand(
            """
            WITH event AS (
                INSERT INTO events (organization_id, livemode, id, title, slug, status, timezone,
                    starts_at, currency, sold_out_announced, metadata, version, created_at, updated_at)
                SELECT id, true, gen_random_uuid(), 'A', 'a', 'draft', 'UTC', now(), 'usd', false,
                    '{}', 1, now(), now()
                FROM organizations RETURNING *)
            INSERT INTO ticket_types (organization_id, livemode, id, event_id, name, price, currency,
                quantity_sold, quantity_held, min_per_order, max_per_order, position, metadata, version,
                created_at, updated_at)
            SELECT organization_id, true, gen_random_uuid(), id, 'A', 0, 'usd', 5, 2, 1, 10, 0, '{}', 1,
                now(), now()
            FROM event
            """);
        await command.ExecuteNonQueryAsync();
    }
}
