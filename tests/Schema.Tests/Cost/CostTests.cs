namespace Equaticket.Schema.Tests.Cost;

public sealed class CostTests : ApiTest
{
    private const int Limit = 25_000;

    private const string PageOfBoth =
        "query ($n: Int, $m: Int) { events(first: $n) { nodes { id ticketTypes(first: $m) { nodes { id } } } } }";

    public static TheoryData<string, int> Documents() => new()
    {
        { "{ __typename }", 0 },
        { "{ viewer { mode } }", 1 },
        { "{ viewer { mode } again: viewer { mode } }", 2 },
        { "{ viewer { mode } viewer { plan } }", 1 },
        { "{ viewer { ...A ...B } } fragment A on Viewer { organization { id } } fragment B on Viewer { organization { slug } }", 2 },
        { "{ events { nodes { id } } }", 1 + 25 },
        { "{ events(first: 100) { nodes { id } } }", 1 + 100 },
        { "{ events(last: 10) { nodes { id } } }", 1 + 10 },
        { "{ events(first: 10) { edges { node { id } } pageInfo { endCursor } } }", 1 + 10 + 10 + 1 },
        { "{ events(first: 10) { totalCount } }", 1 + 10 },
        { "{ events(first: 10) { nodes { description } } }", 1 + 10 + 200 },
        { "{ checkoutStatus(token: \"x\") { tickets { qrSvg } } }", 1 + 100 + 10_000 },
        { "{ events(first: 10) { nodes { ticketTypes(first: 20) { nodes { id } } } } }", 1 + 10 + 10 + 200 },
        { "{ nodes(ids: [\"a\", \"b\"]) { id } }", 2 },
        { "{ publicEvents(orgSlug: \"x\", first: 10) { nodes { ticketTypes { id } } } }", 1 + 10 + 100 },
        { "{ events(first: 10) @include(if: false) { nodes { id } } viewer { mode } }", 1 },
        { "query ($with: Boolean = false) { events @include(if: $with) { nodes { id } } viewer { mode } }", 1 },
        { "query ($n: Int = 5) { events(first: $n) { nodes { id } } }", 1 + 5 },
        { "query ($n: Int) { events(first: $n) { nodes { id } } }", 1 + 25 },
        { "{ __type(name: \"Event\") { name } }", 1 },
        { "{ __schema { queryType { fields { name } } } }", 2 },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_cost_follows_from_the_directives(string query, int cost)
    {
        var answer = await ValidateAsync(query);
        AssertCost(answer, cost);
    }

    [Theory]
    [InlineData(100, 100, 10_201)]
    [InlineData(10, null, 271)]
    [InlineData(null, 4, 151)]
    public async Task The_cost_depends_on_the_values_of_variables(int? n, int? m, int cost)
    {
        var answer = await ValidateAsync(PageOfBoth, new { n, m });
        AssertCost(answer, cost);
    }

    [Fact]
    public async Task The_largest_legitimate_page_passes_with_edges_and_nodes()
    {
        var answer = await Org.Test.AskAsync("""
            { events(first: 100) { edges { node { id ticketTypes(first: 100) { edges { node { id } } } } } } }
            """);
        AssertCost(answer, 20_301);
    }

    [Fact]
    public async Task An_operation_over_the_cost_limit_is_refused_and_its_most_expensive_field_is_named()
    {
        const string query = """
            { page: events(first: 100) { edges { node { types: ticketTypes(first: 100) {
                nodes { id } more: nodes { id } again: nodes { id } } } } } }
            """;
        foreach (var accept in new[] { "application/json", Asking.Accept.Value })
        {
            var answer = await Org.Test.SendAsync(
                HttpMethod.Post, "/graphql", new { query }, ("Accept", accept));
            answer.AssertRefused(400, "validation_error");
            Assert.Equal("page.edges.node.types.nodes", answer.Param);
            var message = answer.Json!["errors"]![0]!["message"].Text();
            Assert.Contains("30301", message, StringComparison.Ordinal);
            Assert.Contains("page.edges.node.types.nodes", message, StringComparison.Ordinal);
            AssertCost(answer, 30_301);
        }
    }

    [Fact]
    public async Task Too_many_values_are_refused()
    {
        var aliases = string.Concat(Enumerable.Range(0, 90).Select(n => $"a{n}: id "));
        var answer = await Org.Test.AskAsync(
            $"{{ events(first: 100) {{ nodes {{ ticketTypes(first: 100) {{ nodes {{ {aliases} }} }} }} }} }}");
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("events.nodes.ticketTypes.nodes", answer.Param);
    }

    [Fact]
    public async Task Validation_executes_nothing()
    {
        const string mutation = """
            mutation { createEvent(input: { title: "T", timezone: "UTC", currency: "usd",
              startsAt: "2099-01-01T00:00:00Z" }) { id } }
            """;
        var answer = await ValidateAsync(mutation);
        Assert.Equal(200, answer.Status);
        Assert.Equal("extensions", Assert.Single(answer.Json!.AsObject()).Key);
        AssertCost(answer, 1);
        var events = await Org.Test.DataAsync("{ events { totalCount } }");
        Assert.Equal(0, events["events"]!["totalCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("query ($n: Int!) { events(first: $n) { nodes { id } } }", "n")]
    [InlineData("{ events(first: 0) { nodes { id } } }", "first")]
    [InlineData("mutation { createEvent(input: { title: \"\", timezone: \"UTC\", currency: \"usd\", startsAt: \"2099-01-01T00:00:00Z\" }) { id } }", "title")]
    public async Task Validation_refuses_the_same_input_as_execution(string query, string param)
    {
        var executed = await Org.Test.AskAsync(query);
        var validated = await ValidateAsync(query);
        executed.AssertRefused(400, "validation_error");
        validated.AssertRefused(400, "validation_error");
        Assert.Equal((param, param), (executed.Param, validated.Param));
    }

    [Fact]
    public async Task Report_in_the_header_executes_and_returns_the_cost()
    {
        var answer = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ viewer { mode } }" },
            ("GraphQL-Cost", "report"), Asking.Accept);
        Assert.Equal("TEST", answer.Data()["viewer"]!["mode"].Text());
        AssertCost(answer, 1);
    }

    [Fact]
    public async Task An_unknown_value_in_the_header_is_refused()
    {
        var answer = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ __typename }" },
            ("GraphQL-Cost", "explain"), Asking.Accept);
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("GraphQL-Cost", answer.Param);
    }

    [Fact]
    public async Task A_page_of_more_than_a_hundred_is_refused_regardless_of_its_cost()
    {
        var answer = await Org.Test.AskAsync("{ events(first: 1000000) { nodes { id } } }");
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("first", answer.Param);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_forbidden_regardless_of_the_cost()
    {
        var key = await Org.CreateKeyAsync(livemode: false, Persistence.ApiKeys.Scope.OrdersRead);
        var answer = await key.AskAsync(
            "{ events(first: 100) { nodes { ticketTypes(first: 100) { nodes { id } edges { node { id } } } } } }");
        answer.AssertRefused(403, "forbidden");
        Assert.Null(answer.Json!["extensions"]!["cost"]);
    }

    [Fact]
    public async Task The_limit_is_a_setting()
    {
        await using var host = await StartAsync(maxCost: 100);
        var answer = await Org.Test.On(host).AskAsync("{ events(first: 100) { nodes { id } } }");
        answer.AssertRefused(400, "validation_error");
        Assert.Equal(100, answer.Json!["extensions"]!["cost"]!["limit"]!.GetValue<int>());
    }

    [Fact]
    [Trait("Category", "Tools")]
    public async Task Introspection_without_data_has_a_separate_cost_limit()
    {
        await using var host = await StartAsync(maxCost: 100);
        var key = Org.Test.On(host);
        var standard = await NodeFolder.GraphQLJs.RunAsync("introspection-query.mjs");
        (await key.AskAsync(standard)).Data();
        const string types = "__schema { types { fields { type { name } } } }";
        var alone = await key.AskAsync($"{{ {types} }}");
        alone.Data();
        AssertCost(alone, alone.Json!["extensions"]!["cost"]!["requested"]!.GetValue<int>());
        (await key.AskAsync($"{{ {types} viewer {{ mode }} }}")).AssertRefused(400, "validation_error");
        (await key.AskAsync("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"))
            .AssertRefused(400, "validation_error");
    }

    private Task<TestHost> StartAsync(int maxCost) => TestHost.StartAsync(
        Host.ConnectionString, builder => builder.Configuration["GraphQL:MaxCost"] = $"{maxCost}");

    private Task<ApiResponse> ValidateAsync(string query, object? variables = null) =>
        Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", new { query, variables },
            ("GraphQL-Cost", "validate"), Asking.Accept);

    private static void AssertCost(ApiResponse answer, int cost)
    {
        var told = answer.Json!["extensions"]!["cost"];
        Assert.True(told is not null, answer.Body);
        Assert.Equal((cost, Limit), (
            told["requested"]!.GetValue<int>(), told["limit"]!.GetValue<int>()));
    }
}
