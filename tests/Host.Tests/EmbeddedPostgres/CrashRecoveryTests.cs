using System.Diagnostics;

namespace Equaticket.Host.Tests.EmbeddedPostgres;

[Trait("Category", "Heavy")]
public sealed class CrashRecoveryTests(ClusterFolder folder) : IClassFixture<ClusterFolder>
{
    private const string Recovered = "PostgreSQL was not shut down properly; it has been recovered.";
    private const string EmptyTable = "DROP TABLE IF EXISTS sold; CREATE TABLE sold (n int)";

    [Fact]
    public async Task A_killed_server_restarts_on_its_port_with_all_committed_rows()
    {
        await using var survivor = await folder.AcquireAsync();
        await ClusterFolder.AskAsync(survivor.ConnectionString, EmptyTable);
        await ClusterFolder.AskAsync(
            survivor.ConnectionString, "INSERT INTO sold SELECT generate_series(1, 1000)");
        Kill(folder.PostmasterId);

        await using var next = await folder.AcquireAsync();
        Assert.Contains(Recovered, next.Notices, StringComparer.Ordinal);
        Assert.Equal(survivor.ConnectionString, next.ConnectionString);
        Assert.Equal(
            1000L,
            await ClusterFolder.AskAsync(survivor.ConnectionString, "SELECT count(*) FROM sold"));
    }

    [Theory]
    [InlineData("own process")]
    [InlineData("dead process")]
    [InlineData("empty file")]
    [InlineData("another postmaster")]
    public async Task A_stale_pid_file_does_not_prevent_startup(string kind)
    {
        await (await folder.AcquireAsync()).DisposeAsync();
        using var other = kind == "another postmaster" ? OtherPostmaster() : null;
        using var end = new Ending(other);
        await File.WriteAllTextAsync(folder.PostmasterFile, StaleFile(kind, other?.Id));

        await using var next = await folder.AcquireAsync();
        Assert.Contains(Recovered, next.Notices, StringComparer.Ordinal);
        Assert.Equal(1, await ClusterFolder.AskAsync(next.ConnectionString, "SELECT 1"));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Twenty_kills_under_load_lose_no_acknowledged_row()
    {
        await using var keeper = await folder.AcquireAsync();
        await ClusterFolder.AskAsync(keeper.ConnectionString, EmptyTable);
        var acknowledged = 0;
        for (var round = 0; round < 20; round++)
        {
            var writing = WriteUntilItFailsAsync(keeper.ConnectionString);
            await Task.Delay(TimeSpan.FromMilliseconds(150));
            Kill(folder.PostmasterId);
            acknowledged += await writing;
            await using var next = await folder.AcquireAsync();
            var kept = await ClusterFolder.AskAsync(
                keeper.ConnectionString, "SELECT count(*) FROM sold");
            // In each round, one more row may have been committed without an acknowledgment.
            Assert.InRange((long)kept!, acknowledged, acknowledged + round + 1);
        }
    }

    private static async Task<int> WriteUntilItFailsAsync(string connectionString)
    {
        var written = 0;
        while (true)
        {
            try
            {
                await ClusterFolder.AskAsync(connectionString, "INSERT INTO sold VALUES (1)");
                written++;
            }
            catch (Npgsql.NpgsqlException)
            {
                return written;
            }
        }
    }

    /// <summary>A process with the same name as PostgreSQL's, without a cluster in its arguments.</summary>
    private static Process OtherPostmaster() => Process.Start(new ProcessStartInfo(
        "bash", ["-c", "exec -a postgres sleep 300"])
    {
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private string StaleFile(string kind, int? running)
    {
        if (string.Equals(kind, "empty file", StringComparison.Ordinal))
            return "";
        var isOwn = string.Equals(kind, "own process", StringComparison.Ordinal);
        var process = running ?? (isOwn ? Environment.ProcessId : int.MaxValue / 2);
        var cluster = Path.GetDirectoryName(folder.PostmasterFile);
        return $"{process}\n{cluster}\n1700000000\n1\n\n127.0.0.1\n 1 1\nready\n";
    }

    /// <summary>Kills a process when disposed.</summary>
    private sealed class Ending(Process? process) : IDisposable
    {
        public void Dispose() => process?.Kill();
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
