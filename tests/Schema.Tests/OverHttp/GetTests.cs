namespace Equaticket.Schema.Tests.OverHttp;

public sealed class GetTests : ApiTest
{
    [Fact]
    public async Task A_get_runs_a_query_with_its_variables()
    {
        var id = await Org.Test.CreateEventAsync("By GET");
        var answer = await GetAsync(
            ("query", "query Title($id: ID!) { event(id: $id) { title } }"),
            ("operationName", "Title"),
            ("variables", $$"""{"id":"{{id}}"}"""));
        Assert.Equal("By GET", answer.Data()["event"]!["title"].Text());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Head_responds_like_get_without_a_body()
    {
        var path = $"/graphql?query={Uri.EscapeDataString("{ __typename }")}";
        var head = await Org.Test.SendAsync(HttpMethod.Head, path, body: null, Asking.Accept);
        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal("application/graphql-response+json; charset=utf-8", head.ContentType);
    }

    [Fact]
    public async Task A_mutation_by_get_is_refused_and_has_no_effect()
    {
        var id = await Org.Test.CreateEventAsync();
        var answer = await GetAsync(
            ("query", $$"""mutation { cancelEvent(id: "{{id}}") { id } }"""));
        answer.AssertRefused(405, "method_not_allowed");
        Assert.Equal("POST", answer.Header("Allow"));
        var read = await Org.Test.GetAsync($"/api/v1/events/{id}");
        Assert.Equal("draft", read.Json!["status"].Text());
    }

    [Theory]
    [InlineData("query", "{ __typename }", "query", "{ __typename }")]
    [InlineData("query", "{ __typename }", "variables", "[]")]
    [InlineData("query", "{ __typename }", "variables", "{")]
    [InlineData("query", "{ __typename }", "variables", """{"a":1,"a":2}""")]
    [InlineData("query", "{ __typename }", "extensions", "5")]
    [InlineData("query", "{ __typename }", "operationName", "Other")]
    [InlineData("query", "", "operationName", "Other")]
    public async Task Parameters_that_do_not_form_a_request_are_refused(
        string name, string value, string other, string text)
    {
        var answer = await GetAsync((name, value), (other, text));
        answer.AssertRefused(400, "validation_error");
        Assert.NotNull(answer.Param);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Another_method_is_refused(string method)
    {
        var answer = await Org.Test.SendAsync(new HttpMethod(method), "/graphql");
        answer.AssertRefused(405, "method_not_allowed");
        Assert.Equal("GET, HEAD, POST", answer.Header("Allow"));
    }

    private Task<ApiResponse> GetAsync(params (string Name, string Value)[] parameters)
    {
        var query = string.Join(
            '&', parameters.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return Org.Test.SendAsync(HttpMethod.Get, $"/graphql?{query}", body: null, Asking.Accept);
    }
}
