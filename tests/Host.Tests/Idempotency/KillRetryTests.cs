using System.Collections.Concurrent;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>
/// Retries with the same key, across <c>kill -9</c> at random moments, have one effect. Each kill costs the start of a
/// process, so it interrupts many writes, at as many steps.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class KillRetryTests : IAsyncLifetime
{
    private const int Writers = 16;

    private readonly ConcurrentBag<string> _done = [];
    private KillableHost _host = null!;

    public async Task InitializeAsync() => _host = await KillableHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public Task Five_kills_of_sixteen_writers_at_random_moments_leave_one_effect_for_each_key() => KillAsync(5);

    [Fact]
    [Trait("Category", "Long")]
    public Task Fifty_kills_of_sixteen_writers_at_random_moments_leave_one_effect_for_each_key() => KillAsync(50);

    private async Task KillAsync(int times)
    {
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers)
            .Select(number => WriteAsync($"writer-{number}", enough.Token)).ToList();
        var moments = new Random(Seed: 20_260_915);
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(5, 250)));
            await _host.KillAsync();
            await _host.FollowAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        Assert.NotEmpty(_done);
        await AssertOneEffectEachAsync();
    }

    /// <summary>Creates events one after another, each retried until it is acknowledged.</summary>
    private async Task WriteAsync(string name, CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var title = $"{name}-{number}";
            while (!await TryWriteAsync(title))
                await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            _done.Add(title);
        }
    }

    private async Task<bool> TryWriteAsync(string title)
    {
        var answer = await _host.TryPostAsync(
            "/api/v1/events", _host.Key, Seed.EventBody(title), title);
        Assert.True(answer is null or { Status: 201 or 409 }, $"{answer?.Status}: {answer?.Body}");
        return answer is { Status: 201 };
    }

    private async Task AssertOneEffectEachAsync()
    {
        var counts = new Dictionary<string, long>();
        await using var command = _host.Database.CreateCommand(
            "SELECT title, count(*) FROM events WHERE title LIKE 'writer-%' GROUP BY title");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            counts.Add(rows.GetString(0), rows.GetInt64(1));
        Assert.All(_done, title => Assert.Equal(1, counts[title]));
        Assert.All(counts, count => Assert.Equal(1, count.Value));
    }
}
