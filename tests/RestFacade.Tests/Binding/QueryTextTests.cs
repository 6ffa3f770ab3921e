namespace Equaticket.RestFacade.Tests.Binding;

public sealed class QueryTextTests : ApiTest
{
    [Theory]
    [InlineData("/api/v1/events?slug=%ED%A0%80", "slug")]
    [InlineData("/api/v1/orders?order_number=%FF", "order_number")]
    [InlineData("/api/v1/attendees?event_id=%C3", "event_id")]
    [InlineData("/api/v1/events?slug=%00", "slug")]
    [InlineData("/graphql?query={viewer{mode}}%20%23%ED%A0%80", "query")]
    public async Task An_escape_that_is_no_text_is_refused(string path, string param)
    {
        var answer = await Org.Live.GetAsync(path);
        Assert.Equal((400, "validation_error", param), (answer.Status, answer.ErrorCode, answer.Param));
    }

    [Theory]
    [InlineData("%C3%A9")]
    [InlineData("100%")]
    [InlineData("%F0%9F%8E%AB")]
    public async Task An_escape_that_is_text_is_taken(string slug) =>
        (await Org.Live.GetAsync($"/api/v1/events?slug={slug}")).AssertStatus(200);
}
