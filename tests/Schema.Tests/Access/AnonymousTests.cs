namespace Equaticket.Schema.Tests.Access;

public sealed class AnonymousTests : ApiTest
{
    [Theory]
    [InlineData("{ events { totalCount } }")]
    [InlineData("{ viewer { mode } }")]
    [InlineData("""{ node(id: "x") { id } }""")]
    [InlineData("{ nodes(ids: []) { id } }")]
    [InlineData("""mutation { cancelEvent(id: "x") { id } }""")]
    public async Task A_caller_without_a_key_is_refused_where_one_is_required(string query)
    {
        var answer = await Host.AskAsync(query);
        answer.AssertRefused(401, "unauthorized");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Public_fields_do_not_require_a_key()
    {
        await Org.Live.CreatePublishedEventAsync();
        var answer = await Host.AskAsync(
            "query ($org: String!) { publicEvents(orgSlug: $org) { nodes { title } } }",
            new { org = Org.Slug });
        Assert.Single(answer.Data()["publicEvents"]!["nodes"]!.AsArray());
    }

    [Fact]
    public async Task A_public_field_gives_no_access_to_other_fields()
    {
        var answer = await Host.AskAsync(
            "query ($org: String!) { publicEvents(orgSlug: $org) { totalCount } viewer { mode } }",
            new { org = Org.Slug });
        answer.AssertRefused(401, "unauthorized");
    }

    [Theory]
    [InlineData("sk_test_00000000000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task A_key_that_is_sent_must_be_valid_even_where_none_is_needed(string key)
    {
        var answer = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Post, "/graphql", key, new { query = "{ __typename }" });
        Assert.Equal((401, "unauthorized"), (answer.Status, answer.ErrorCode));
    }
}
