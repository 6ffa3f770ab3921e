using Equaticket.Host.Hosting;
using Equaticket.Host.Jobs;
using Equaticket.Persistence.Activity;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Host.Tests.Deployment;

/// <summary>The roles of <c>deploy/postgresql/roles.sql</c> suffice for their work, and for nothing more.</summary>
[Trait("Category", "Slow")]
public sealed class DatabaseRolesTests : IAsyncLifetime
{
    private const string Password = "roles-test";
    private static readonly string[] Roles = ["owner", "server", "reader"];

    private static readonly (string Role, string Statement)[] Refused =
    [
        ("server", "CREATE TABLE more ()"),
        ("server", "ALTER TABLE events ADD COLUMN more text"),
        ("server", "DROP TABLE events"),
        ("server", "TRUNCATE audit_log"),
        ("server", "DROP FUNCTION fan_out_webhook_events() CASCADE"),
        ("reader", "INSERT INTO order_counters SELECT"),
        ("reader", "SELECT create_day_partition('api_requests', '2031-01-01')"),
        .. new[] { "data_protection_keys", "users", "sessions", "api_keys", "webhooks", "idempotency_records" }
            .Select(table => ("reader", $"SELECT * FROM {table}")),
    ];

    private string _superuser = null!;
    private string _database = null!;

    public async Task InitializeAsync()
    {
        _superuser = await TestCluster.CreateDatabaseAsync();
        _database = new NpgsqlConnectionStringBuilder(_superuser).Database!;
        await CreateRolesAsync();
        foreach (var role in Roles)
            await ExecuteAsync(_superuser, $"ALTER ROLE {_database}_{role} PASSWORD '{Password}'");
        await TestCluster.MigrateAsync(As("owner"));
    }

    public async Task DisposeAsync()
    {
        var elsewhere = new NpgsqlConnectionStringBuilder(_superuser) { Database = "postgres" }.ConnectionString;
        await ExecuteAsync(elsewhere, $"DROP DATABASE {_database} WITH (FORCE)");
        await ExecuteAsync(elsewhere, $"DROP ROLE {string.Join(", ", Roles.Select(role => $"{_database}_{role}"))}");
    }

    [Fact]
    public async Task A_server_sells_delivers_cleans_up_and_creates_partitions_without_owning_anything()
    {
        var logs = new LogCapture();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using (var host = await TestHost.StartAsync(As("server"), builder =>
        {
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings());
            builder.Logging.AddProvider(logs);
        }))
        {
            var org = await host.CreateOrganizationAsync();
            await org.Test.CreateWebhookAsync(receiver.Address);
            var eventId = await org.Test.CreateEventAsync();
            var type = await org.Test.CreateTicketTypeAsync(eventId);
            Assert.Equal(200, (await org.Test.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
            var sale = await host.SellAsync(org.Test, eventId, type);
            var helpers = "/api/v1/test-helpers";
            Assert.Equal(200, (await org.Test.PostAsync($"{helpers}/attendees/{sale.AttendeeId}/check-in")).Status);
            Assert.Equal(200, (await org.Test.PostAsync($"{helpers}/orders/{sale.OrderId}/refund")).Status);
            await receiver.UntilReceivedAsync(3, TimeSpan.FromSeconds(60));
            Assert.Equal(200, (await org.Test.PostAsync("/api/settings/api-keys/reset-test-data")).Status);
            await PeriodicJobs.RunAllAsync(host);
            await AssertPartitionsAsync(host);
        }

        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains("denied", StringComparison.Ordinal)
            || line.Text.Contains("must be owner", StringComparison.Ordinal)
            || line.Text.Contains("could not be maintained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_is_denied_what_it_does_not_need()
    {
        await CreateRolesAsync();
        foreach (var (role, statement) in Refused)
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(As(role), statement));
            Assert.Contains(
                refusal.SqlState,
                (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ReadOnlySqlTransaction]);
        }
    }

    [Fact]
    public async Task A_command_with_the_wrong_role_says_which_one_it_needs()
    {
        await ExecuteAsync(_superuser, $"REVOKE SELECT ON events FROM {_database}_server");
        var saved = await HostProgram.RunHereAsync(
            $"backup {Path.Join(Path.GetTempPath(), $"{_database}.tar")}",
            ("ConnectionStrings__Equaticket", As("server")));
        Assert.Equal(1, saved.ExitCode);
        Assert.Contains(
            $"permission denied for table events. {DatabaseAccess.RoleHint}", saved.Errors, StringComparison.Ordinal);
        await ExecuteAsync(_superuser, "DROP TABLE \"__EFMigrationsHistory\"");
        var migrated = await HostProgram.RunHereAsync("migrate", ("ConnectionStrings__Equaticket", As("server")));
        Assert.Equal(1, migrated.ExitCode);
        Assert.Contains(
            $"permission denied for schema public. {DatabaseAccess.RoleHint}", migrated.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_cannot_use_the_schema_is_not_asked_to_migrate()
    {
        await ExecuteAsync(_superuser, $"REVOKE USAGE ON SCHEMA public FROM {_database}_server");
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(
            () => new Migrations(As("server"), _ => { }).RequireUsableAsync(CancellationToken.None));
        Assert.Equal(
            $"The database role {_database}_server can't use the schema public, which contains the tables. Grant "
            + "it USAGE, or run deploy/postgresql/roles.sql again.",
            refusal.Message);
    }

    [Fact]
    public async Task The_reader_reads_orders_and_the_functions_of_partitions_take_no_other_table()
    {
        await CreateRolesAsync();
        await ExecuteAsync(As("reader"), "SELECT * FROM orders, api_requests");
        foreach (var function in (string[])["create_day_partition", "drop_day_partition"])
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(
                () => ExecuteAsync(As("server"), $"SELECT {function}('orders', '2031-01-01')"));
            Assert.Equal("orders is not partitioned by day", refusal.MessageText);
        }
    }

    [Fact]
    public async Task The_roles_can_be_created_again_as_after_a_restore()
    {
        await CreateRolesAsync();
        await ExecuteAsync(As("server"), "SELECT create_day_partition('api_requests', '2031-01-01')");
        await ExecuteAsync(As("reader"), "SELECT * FROM events");
    }

    private static async Task AssertPartitionsAsync(TestHost host)
    {
        var table = ActivityTables.RequestsByDay;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await host.ExecuteSqlAsync(table.CreatePartition(today.AddDays(-100)));
        await host.Get<PartitionMaintenance>().RunAsync(CancellationToken.None);
        Assert.Equal([false], await ExistsAsync(today.AddDays(-100)));
        Assert.Equal([true], await ExistsAsync(today.AddDays(3)));

        Task<IReadOnlyList<bool>> ExistsAsync(DateOnly day) =>
            host.QuerySqlAsync<bool>("SELECT to_regclass($1) IS NOT NULL", table.PartitionName(day));
    }

    /// <summary>Runs the file with roles of this test, since roles belong to the whole server.</summary>
    private async Task CreateRolesAsync()
    {
        var text = await File.ReadAllTextAsync(Repository.File("deploy/postgresql/roles.sql"));
        await ExecuteAsync(
            _superuser,
            text.Replace("equaticket_", $"{_database}_", StringComparison.Ordinal)
                .Replace("DATABASE equaticket", $"DATABASE {_database}", StringComparison.Ordinal));
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(_superuser)
    {
        Username = $"{_database}_{role}",
        Password = Password,
    }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
