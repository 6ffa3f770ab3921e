namespace Equaticket.Host.Tests.Idempotency;

public sealed class ParallelRetryTests : ApiTest
{
    [Fact]
    public async Task Fifty_parallel_posts_with_one_key_create_one_event()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(Org.Live)));

        AssertOneEffect(answers);
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task Fifty_parallel_posts_to_two_hosts_create_one_event()
    {
        await using var other = await TestHost.StartAsync(Host.ConnectionString);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            PostAsync(number % 2 == 0 ? Org.Live : Org.Live.On(other))));

        AssertOneEffect(answers);
        Assert.Equal(1, await CountEventsAsync());
    }

    private static Task<ApiResponse> PostAsync(ApiClient client) => client.SendAsync(
        HttpMethod.Post, "/api/v1/events", Seed.EventBody("Once"), ("Idempotency-Key", "one"));

    private static void AssertOneEffect(ApiResponse[] answers)
    {
        var made = answers.Where(answer => answer.Status == 201).ToList();
        Assert.NotEmpty(made);
        Assert.Single(made.Select(answer => answer.Body).Distinct());
        Assert.Single(made, answer => answer.Header("Idempotent-Replayed") is null);
        Assert.All(answers.Except(made), answer =>
        {
            Assert.Equal(409, answer.Status);
            Assert.Equal("1", answer.Header("Retry-After"));
        });
    }

    private async Task<int> CountEventsAsync()
    {
        var list = await Org.Live.GetAsync("/api/v1/events");
        return list.Json!["data"]!.AsArray().Count;
    }
}
