using System.Runtime.Versioning;
using Equaticket.Host.EmbeddedPostgres;

namespace Equaticket.Host.Tests.EmbeddedPostgres;

/// <summary>
/// An upgrade to a newer PostgreSQL. Only one version is needed: it moves to another cluster of the same version.
/// </summary>
[Trait("Category", "Heavy")]
[UnsupportedOSPlatform("windows")]
public sealed class ClusterUpgradeTests : IAsyncLifetime
{
    private const string Count = "SELECT count(*) FROM kept";

    private readonly List<string> _said = [];
    private ClusterFolder _folder = null!;

    private string Cluster => Path.Join(_folder.Data, "postgres");

    public async Task InitializeAsync()
    {
        _folder = await ClusterFolder.PreparedAsync();
        await using var cluster = await _folder.AcquireAsync();
        await ClusterFolder.AskAsync(
            cluster.ConnectionString,
            "CREATE TABLE kept AS SELECT n FROM generate_series(1, 1001) n;"
            + " CREATE ROLE seller LOGIN PASSWORD 'tickets'; GRANT SELECT ON kept TO seller");
        await ClusterFolder.AskAsync(cluster.ConnectionString, "CREATE DATABASE beside");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Rows_roles_and_databases_move_and_the_old_cluster_stays()
    {
        var kept = await UpgradeAsync();
        Assert.Equal($"{Cluster}.{await MajorAsync()}", kept);
        Assert.True(File.Exists(Path.Join(kept, "PG_VERSION")));
        Assert.Contains(_said, line => line.StartsWith("Compared ", StringComparison.Ordinal));
        await using var cluster = await _folder.AcquireAsync();
        Assert.Equal(1001L, await ClusterFolder.AskAsync(cluster.ConnectionString, Count));
        Assert.Equal(
            1001L,
            await ClusterFolder.AskAsync(
                cluster.ConnectionString.Replace("Username=equaticket", "Username=seller", StringComparison.Ordinal)
                    + ";Password=tickets",
                Count));
        Assert.Equal(
            1L, await ClusterFolder.AskAsync(
                cluster.ConnectionString, "SELECT count(*) FROM pg_database WHERE datname = 'beside'"));
        Assert.Equal(["postgres", Path.GetFileName(kept)], Folders());
    }

    /// <summary>Each progress report is a point at which an upgrade can be interrupted.</summary>
    [Theory]
    [InlineData("Starting")]
    [InlineData("Saving")]
    [InlineData("Loading")]
    [InlineData("Compared")]
    public async Task An_upgrade_that_fails_changes_nothing(string step)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => UpgradeAsync(line =>
        {
            if (line.StartsWith(step, StringComparison.Ordinal))
                throw new InvalidDataException();
        }));
        Assert.Equal(["postgres"], Folders());
        await AssertKeptAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_swap_that_was_interrupted_is_completed_or_undone_by_the_next_start(bool hasOldMoved)
    {
        var kept = await UpgradeAsync();
        Directory.Move(Cluster, $"{Cluster}.upgraded");
        if (!hasOldMoved)
            Directory.Move(kept, Cluster);
        await AssertKeptAsync();
        Assert.Equal(hasOldMoved ? ["postgres", Path.GetFileName(kept)] : ["postgres"], Folders());
    }

    /// <summary>The remains of a killed upgrade: a draft whose server is still running.</summary>
    [Fact]
    public async Task The_server_of_a_killed_upgrade_is_ended_and_its_draft_removed()
    {
        var location = await LocationAsync();
        var binaries = await PostgresBinaries.FindAsync(major: null, CancellationToken.None);
        var draft = location with { Home = Path.Join(_folder.Data, "postgres.new-0123abcd") };
        Directory.CreateDirectory(draft.Home);
        await location.Account.GiveAsync(draft.Home, CancellationToken.None);
        var password = await File.ReadAllTextAsync(_folder.PasswordFile);
        await new ClusterCreation(draft, binaries).RunAsync(password, CancellationToken.None);
        await new PostgresServer(draft, binaries).EnsureRunningAsync(password, CancellationToken.None);
        var left = PostmasterFile.Read(draft.Cluster)!;
        Assert.True(left.IsRunning());
        await AssertKeptAsync();
        Assert.False(left.IsRunning());
        Assert.Equal(["postgres"], Folders());
    }

    [Fact]
    public async Task The_command_says_what_is_missing()
    {
        var major = await MajorAsync();
        var newest = await HostProgram.RunHereAsync("db upgrade", ("EQUATICKET_DATA", _folder.Data));
        Assert.Equal(1, newest.ExitCode);
        Assert.Contains(
            $"The database uses PostgreSQL {major}, and no newer version was found.", newest.Errors,
            StringComparison.Ordinal);

        var folder = FakeVersion(99);
        var opened = await HostProgram.RunAsync(_folder.Data, "org list", ("EQUATICKET_PG_BIN", folder));
        Assert.Contains(
            "To move to a newer version, run ./equaticket db upgrade.", opened.Errors, StringComparison.Ordinal);
        var missing = await HostProgram.RunAsync(
            _folder.Data, $"db upgrade --old-bin {folder}", ("EQUATICKET_PG_BIN", folder));
        Assert.Contains(
            $"The upgrade needs the programs of PostgreSQL {major}", missing.Errors, StringComparison.Ordinal);
        Assert.Contains($"Install the package postgresql-{major}", missing.Errors, StringComparison.Ordinal);

        var broken = await HostProgram.RunAsync(_folder.Data, "db upgrade", ("EQUATICKET_PG_BIN", folder));
        Assert.Contains("initdb created no cluster", broken.Errors, StringComparison.Ordinal);
        await AssertKeptAsync();
    }

    [Fact]
    public async Task A_database_in_use_and_an_external_database_are_not_upgraded()
    {
        await using (await _folder.AcquireAsync())
        {
            var used = await HostProgram.RunHereAsync("db upgrade", ("EQUATICKET_DATA", _folder.Data));
            Assert.Contains("is in use. Stop all servers and commands", used.Errors, StringComparison.Ordinal);
        }

        var own = await HostProgram.RunHereAsync(
            "db upgrade",
            ("EQUATICKET_DATA", _folder.Data), ("ConnectionStrings__Equaticket", "Host=127.0.0.1;Port=1"));
        Assert.Contains("names a database of your own", own.Errors, StringComparison.Ordinal);
    }

    private async Task<string> UpgradeAsync(Action<string>? say = null)
    {
        var binaries = await PostgresBinaries.FindNewestAsync(CancellationToken.None);
        return await new ClusterUpgrade(await LocationAsync(), binaries, binaries, say ?? _said.Add)
            .RunAsync(await File.ReadAllTextAsync(_folder.PasswordFile), CancellationToken.None);
    }

    private Task<ClusterLocation> LocationAsync() =>
        ClusterLocation.ResolveAsync(DataFolder.Open(_folder.Data), CancellationToken.None);

    private static async Task<int> MajorAsync() =>
        (await PostgresBinaries.FindAsync(major: null, CancellationToken.None)).Major;

    private async Task AssertKeptAsync()
    {
        await using var cluster = await _folder.AcquireAsync();
        Assert.Equal(1001L, await ClusterFolder.AskAsync(cluster.ConnectionString, Count));
    }

    private IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(_folder.Data, "postgres*").Select(folder => Path.GetFileName(folder)!).Order();

    /// <summary>Fake programs that only print their version.</summary>
    private string FakeVersion(int major)
    {
        var folder = Directory.CreateDirectory(Path.Join(_folder.Data, "fake")).FullName;
        foreach (var program in (string[])["initdb", "pg_ctl", "postgres", "pg_dumpall", "psql", "vacuumdb"])
        {
            var file = Path.Join(folder, program);
            File.WriteAllText(
                file, $"#!/bin/sh\n[ \"$1\" = --version ] || exit 1\necho '{program} (PostgreSQL) {major}.1'\n");
            File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        return folder;
    }
}
