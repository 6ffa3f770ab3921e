namespace Equaticket.RestFacade.Tests.Binding;

public sealed class ByteOrderMarkTests : ApiTest
{
    private const string Path = "/api/v1/events";
    private const string Valid =
        """{"title": "T", "timezone": "UTC", "starts_at": "2099-01-01T00:00:00Z", "currency": "usd"}""";

    [Fact]
    public async Task A_byte_order_mark_before_the_body_is_ignored()
    {
        (await Org.Live.PostAsync(Path, "\ufeff" + Valid)).AssertStatus(201);
        var id = await Org.Live.CreateEventAsync();
        var changed = await Org.Live.PatchAsync($"{Path}/{id}", "\ufeff{\"title\": \"\ufeffNew\"}");
        Assert.Contains("New", changed.AssertStatus(200).Text("title"), StringComparison.Ordinal);
        var empty = await Org.Live.PostAsync($"{Path}/{id}/publish", "\ufeff");
        Assert.NotEqual(400, empty.Status);
    }

    [Fact]
    public async Task A_retry_with_a_byte_order_mark_is_the_same_request()
    {
        var key = ("Idempotency-Key", "with and without a mark");
        var first = await Org.Live.SendAsync(HttpMethod.Post, Path, Valid, key);
        var again = await Org.Live.SendAsync(HttpMethod.Post, Path, "\ufeff" + Valid, key);
        Assert.Equal((first.AssertStatus(201).Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
    }

    [Fact]
    public async Task A_byte_order_mark_before_a_GraphQL_request_is_ignored()
    {
        var posted = await Org.Live.PostAsync("/graphql", "\ufeff{\"query\": \"{ __typename }\"}");
        Assert.Equal("Query", (string?)posted.AssertStatus(200).Json!["data"]!["__typename"]);
        var read = await Org.Live.GetAsync("/graphql?query={__typename}&variables=%EF%BB%BF{}");
        Assert.Equal("Query", (string?)read.AssertStatus(200).Json!["data"]!["__typename"]);
    }
}
