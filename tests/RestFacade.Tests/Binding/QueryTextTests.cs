namespace Equaticket.RestFacade.Tests.Binding;

public sealed class QueryTextTests : ApiTest
{
    [Theory]
    [InlineData("/api/v1/events?slug=%ED%A0%80", "slug")]
    [InlineData("/api/v1/orders?order_number=%FF", "order_number")]
    [InlineData("/api/v1/attendees?event_id=%C3", "event_id")]
    [InlineData("/api/v1/events?slug=%00", "slug")]
    [InlineData("/graphql?query={viewer{mode}}%20%23%ED%A0%80", "query")]
    public async Task An_escape_that_is_not_valid_text_is_refused(string path, string param)
    {
        var answer = await Org.Live.GetAsync(path);
        Assert.Equal((400, "validation_error", param), (answer.Status, answer.ErrorCode, answer.Param));
    }

    [Theory]
    [InlineData("/api/v1/events?starts_after=2099-01-01T00:00:00+02:00", "starts_after")]
    [InlineData("/api/v1/orders?created_before=2099-01-01T00:00:00.123+02:00", "created_before")]
    [InlineData("/api/v1/attendees?updated_since=2099-01-01T00:00:00%2002:00", "updated_since")]
    public async Task A_plus_that_was_decoded_as_a_space_is_explained(string path, string param)
    {
        (await Org.Live.GetAsync(path)).AssertRefused("validation_error", param, "%2B");
        var escaped = path.Replace("+", "%2B", StringComparison.Ordinal).Replace("%20", "%2B", StringComparison.Ordinal);
        (await Org.Live.GetAsync(escaped)).AssertStatus(200);
    }

    [Theory]
    [InlineData("starts_after", "1899-12-31T23:59:59Z")]
    [InlineData("starts_before", "9999-01-01T00:00:00Z")]
    [InlineData("created_before", "9999-12-31T23:59:59Z")]
    [InlineData("updated_since", "0001-01-01T00:00:00Z")]
    public async Task A_time_outside_the_supported_years_is_refused(string name, string time) =>
        (await Org.Live.GetAsync($"/api/v1/events?{name}={time}"))
            .AssertRefused("validation_error", name, "from 1900-01-01 to 9998-12-31");

    [Theory]
    [InlineData("%C3%A9")]
    [InlineData("100%")]
    [InlineData("%F0%9F%8E%AB")]
    public async Task An_escape_of_valid_text_is_accepted(string slug) =>
        (await Org.Live.GetAsync($"/api/v1/events?slug={slug}")).AssertStatus(200);
}
