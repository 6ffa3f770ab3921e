using Equaticket.Testing.OpenApi;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The check that every test applies to every response reports errors.</summary>
public sealed class AnswerCheckTests
{
    private const string Lists = "/api/v1/events";
    private const string Empty =
        """{"livemode":true,"data":[],"has_more":false,"next_cursor":null}""";

    private static readonly AnswerCheck Check = new(ApiDescription.Committed);

    private static readonly ObservedAnswer Sound = new(
        "GET", Lists, 200, "application/json",
        new Dictionary<string, string> { ["X-Request-Id"] = "req_1" }, Empty);

    [Fact]
    public void A_documented_response_passes() => Assert.Empty(Check.Faults(Sound));

    [Fact]
    public void A_URL_that_is_not_a_route_passes() =>
        Assert.Empty(Check.Faults(Sound with { Path = "/healthz", Body = "ok" }));

    [Theory]
    [InlineData("""{"livemode":true,"data":[],"has_more":false,"next_cursor":null,"total":0}""", "total")]
    [InlineData("""{"livemode":true,"data":[],"has_more":false}""", "next_cursor is missing")]
    [InlineData("""{"livemode":1,"data":[],"has_more":false,"next_cursor":null}""", "livemode: type")]
    [InlineData("""{"livemode":true,"data":[{}],"has_more":false,"next_cursor":null}""", "data[0].id")]
    [InlineData("{", "isn't a JSON object")]
    public void Another_body_is_refused(string body, string fault) =>
        Assert.Contains(Check.Faults(Sound with { Body = body }), f => f.Contains(fault));

    [Fact]
    public void An_undocumented_status_is_refused() =>
        Assert.Equal(["status 418 is not documented"], Check.Faults(Sound with { Status = 418 }));

    [Fact]
    public void A_missing_header_is_refused() => Assert.Equal(
        ["the header X-Request-Id is missing"],
        Check.Faults(Sound with { Headers = new Dictionary<string, string>() }));

    [Fact]
    public void A_header_of_other_responses_is_refused() => Assert.Equal(
        ["the header Location is not documented here"],
        Check.Faults(Sound with
        {
            Headers = new Dictionary<string, string>
            {
                ["X-Request-Id"] = "req_1",
                ["Location"] = "/api/v1/events/1",
            },
        }));

    [Fact]
    public void A_code_of_another_status_is_refused() => Assert.NotEmpty(Check.Faults(Sound with
    {
        Method = "POST",
        Status = 409,
        Body = """
            {"error":{"code":"unprocessable","message":"No.","request_id":"r","doc_url":"https://a"}}
            """,
    }));

    [Fact]
    public void An_unknown_route_must_return_the_envelope() => Assert.NotEmpty(
        Check.Faults(Sound with { Path = "/api/v1/evnets", Status = 404, Body = "{}" }));

    [Fact]
    public void An_unknown_method_must_return_the_envelope() =>
        Assert.NotEmpty(Check.Faults(Sound with { Method = "PUT", Status = 200 }));
}
