namespace Equaticket.Host.Tests.EmbeddedPostgres;

[Trait("Category", "Heavy")]
public sealed class SharedServerTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_last_user_stops_the_server_and_the_next_one_finds_the_data()
    {
        var first = await _folder.AcquireAsync();
        await ClusterFolder.AskAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS n");
        var second = await _folder.AcquireAsync();
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(["Using the PostgreSQL server that is already running."], second.Notices);

        await first.DisposeAsync();
        Assert.True(_folder.IsServing);
        await second.DisposeAsync();
        Assert.False(_folder.IsServing);

        await using var third = await _folder.AcquireAsync();
        Assert.Empty(third.Notices);
        var kept = await ClusterFolder.AskAsync(third.ConnectionString, "SELECT n FROM kept");
        Assert.Equal(42, kept);
    }

    [Fact]
    public async Task Concurrent_users_share_one_server()
    {
        var users = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(_folder.AcquireAsync)));
        Assert.Single(users.Select(user => user.ConnectionString).Distinct(StringComparer.Ordinal));
        Assert.Single(users.SelectMany(user => user.Notices), IsCreation);

        await Task.WhenAll(users.Select(user => user.DisposeAsync().AsTask()));
        Assert.False(_folder.IsServing);
    }

    [Fact]
    public async Task A_server_whose_users_were_killed_is_adopted_and_stopped_by_the_next_user()
    {
        await using var lost = await _folder.AcquireAsync();
        var postmaster = _folder.PostmasterId;
        // A lock on a deleted file does not count, so deleting it simulates killed users.
        File.Delete(Path.Join(_folder.Data, "postgres.users.lock"));

        var next = await _folder.AcquireAsync();
        Assert.Equal(postmaster, _folder.PostmasterId);
        await next.DisposeAsync();
        Assert.False(_folder.IsServing);
    }

    private static bool IsCreation(string notice) =>
        notice.StartsWith("Created a PostgreSQL", StringComparison.Ordinal);
}
