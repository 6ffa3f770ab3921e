namespace Equaticket.Schema.Tests.Cost;

/// <summary>Counting what an organization may have millions of is priced for that.</summary>
public sealed class CountCostTests : ApiTest
{
    [Theory]
    [InlineData("orders")]
    [InlineData("attendees")]
    public async Task Counting_a_long_list_costs_500_and_one_operation_does_it_49_times(string list)
    {
        Assert.Equal(1 + 500, await CostAsync($"{{ {list} {{ totalCount }} }}"));
        var counts = Enumerable.Range(0, 50).Select(number => $"c{number}: {list} {{ totalCount }}").ToList();
        (await Org.Live.AskAsync($"{{ {string.Join(' ', counts)} }}")).AssertRefused(400, "validation_error");
        (await Org.Live.AskAsync($"{{ {string.Join(' ', counts.Take(49))} }}")).Data();
    }

    [Fact]
    public async Task Counting_a_short_list_costs_10() =>
        Assert.Equal(1 + 10, await CostAsync("{ events { totalCount } }"));

    private async Task<int> CostAsync(string query)
    {
        var answer = await Org.Live.SendAsync(
            HttpMethod.Post, "/graphql", new { query }, ("GraphQL-Cost", "validate"), Asking.Accept);
        return answer.Json!["extensions"]!["cost"]!["requested"]!.GetValue<int>();
    }
}
