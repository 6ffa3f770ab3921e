namespace Equaticket.Schema.Tests.Cost;

/// <summary>Counting costs more for lists that can have millions of rows in one organization.</summary>
public sealed class CountCostTests : ApiTest
{
    [Theory]
    [InlineData("orders")]
    [InlineData("attendees")]
    public async Task Counting_a_long_list_costs_100_for_each_parent(string list)
    {
        Assert.Equal(1 + 100, await CostAsync($"{{ {list} {{ totalCount }} }}"));
        var perEvent = await CostAsync($"{{ events(first: 100) {{ nodes {{ {list} {{ totalCount }} }} }} }}");
        Assert.Equal(1 + 100 + (100 * (1 + 100)), perEvent);
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
