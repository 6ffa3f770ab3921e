namespace Equaticket.Schema.Tests.Events;

public sealed class EventByTests : ApiTest
{
    private const string Query = "query ($lookup: EventLookup!) { eventBy(lookup: $lookup) { id slug } }";

    [Fact]
    public async Task An_event_is_found_by_its_id_or_its_slug()
    {
        var id = await Org.Test.CreateEventAsync("Found by both");
        var byId = await Org.Test.DataAsync(Query, new { lookup = new { id } });
        var bySlug = await Org.Test.DataAsync("{ eventBy(lookup: { slug: \"found-by-both\" }) { id } }");
        Assert.Equal("found-by-both", byId["eventBy"]!["slug"].Text());
        Assert.Equal(id, bySlug["eventBy"]!["id"].Text());
    }

    [Fact]
    public async Task A_slug_of_the_other_mode_is_not_found()
    {
        await Org.Live.CreateEventAsync("Live only");
        var answer = await Org.Test.AskAsync(Query, new { lookup = new { slug = "live-only" } });
        Assert.Equal("not_found", answer.ErrorCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"a","slug":"b"}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"a","slug":null}""")]
    [InlineData("""{"slug":" "}""")]
    public async Task A_lookup_by_neither_both_or_null_is_refused(string lookup)
    {
        var answer = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql",
            $$$"""{"query":"{{{Query}}}","variables":{"lookup":{{{lookup}}}}}""", Asking.Accept);
        answer.AssertRefused(400, "validation_error");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ id: \"a\", slug: \"b\" }")]
    [InlineData("{ id: null }")]
    public async Task A_literal_lookup_by_neither_both_or_null_is_refused(string lookup)
    {
        var answer = await Org.Test.AskAsync($"{{ eventBy(lookup: {lookup}) {{ id }} }}");
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("lookup", answer.Param);
    }
}
