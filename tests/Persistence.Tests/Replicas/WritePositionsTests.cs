using System.Net.Sockets;
using Equaticket.Persistence.Replicas;
using Npgsql;

namespace Equaticket.Persistence.Tests.Replicas;

public sealed class WritePositionsTests : PersistenceTest
{
    [Fact]
    public async Task An_announcement_that_fails_is_sent_with_the_next_one()
    {
        var (first, second, other) = (Id(1), Id(2), Id(3));
        await using var primary = Primary(failures: 1);
        await using var writes = new WritePositions(primary, Host.ConnectionString, TimeProvider.System);
        await writes.HearAsync();
        await Host.CreateOrganizationAsync();
        Assert.False(await writes.AnnounceAsync(first));
        Assert.True(await writes.AnnounceAsync(second));
        await writes.HearAsync();
        Assert.True(writes.Of(second) > writes.Of(other));
        Assert.True(writes.Of(first) > writes.Of(other));
    }

    private static Guid Id(byte last) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last);

    /// <returns>The host's database. At first, its name does not resolve, which the driver reports as it is.</returns>
    private NpgsqlDataSource Primary(int failures)
    {
        var source = new NpgsqlDataSourceBuilder(Host.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException(),
            _ => failures-- > 0
                ? throw new SocketException((int)SocketError.HostNotFound)
                : Task.CompletedTask);
        return source.Build();
    }
}
