using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// Runs every query of the schema, as every caller who sees live data, before and after sales in test mode. New queries
/// are covered automatically.
/// </summary>
[Trait("Category", "Slow")]
public sealed class TestDataInvisibleTests : ApiTest
{
    /// <summary>Queries about the requests themselves, and the query that counts test data.</summary>
    private static readonly HashSet<string> Differing =
    [
        "apiRequests", "apiKeyActivity", "apiErrorGroups", "dailyApiRequests", "requestTimeline", "testDataCounts",
    ];

    private Dictionary<string, object> _ids = [];

    [Fact]
    public async Task Test_sales_do_not_change_live_data_for_any_caller()
    {
        await SellAsync(Org.Live, price: 0);
        _ids = await LiveIdsAsync();
        var owner = await Org.SignInAsync(Role.Owner, livemode: true);
        IApiCaller[] callers = [Org.Live, owner, new Nobody(Host)];
        var before = await AskAllAsync(callers);
        Assert.True(before.Count(answer => answer.Value.Contains("\"data\":{\"", StringComparison.Ordinal)
            && !answer.Value.Contains("\"errors\"", StringComparison.Ordinal)) > 10);

        for (var i = 0; i < 3; i++)
            await SellAsync(Org.Test, price: 1000 * i);

        foreach (var (question, answer) in await AskAllAsync(callers))
            Assert.Equal((question, before[question]), (question, answer));
        Assert.Equal(
            [false],
            await Host.QuerySqlAsync<bool>(
                """
                SELECT count(*) FILTER (WHERE NOT livemode) > 0 FROM queued_emails
                WHERE organization_id = $1
                """,
                Org.Organization.Id));
    }

    [Fact]
    public async Task The_same_sales_in_live_mode_are_visible()
    {
        await SellAsync(Org.Live, price: 0);
        _ids = await LiveIdsAsync();
        var before = await AskAllAsync([Org.Live]);
        await SellAsync(Org.Live, price: 0);
        var after = await AskAllAsync([Org.Live]);
        foreach (var list in new[] { "events", "orders", "attendees", "viewer", "publicEvents" })
            Assert.NotEqual(before[$"0 {list}"], after[$"0 {list}"]);
    }

    private async Task<Dictionary<string, string>> AskAllAsync(IReadOnlyList<IApiCaller> callers)
    {
        var answers = new Dictionary<string, string>();
        for (var caller = 0; caller < callers.Count; caller++)
        {
            foreach (var field in Host.Get<ISchema>().Query.Fields
                .Where(field => !Differing.Contains(field.Name)))
                answers.Add($"{caller} {field.Name}", await AskAsync(callers[caller], field));
        }

        return answers;
    }

    /// <returns>The response without the request's id.</returns>
    private async Task<string> AskAsync(IApiCaller caller, FieldType field)
    {
        var given = (field.Arguments ?? []).Where(a => a.ResolvedType is NonNullGraphType).ToList();
        var variables = given.ToDictionary(a => a.Name, a => ValueOf(field, a));
        var declared = string.Join(", ", given.Select(a => $"${a.Name}: {a.ResolvedType}"));
        var isList = field.Arguments?.Any(a => a.Name == "first") == true;
        string[] passed = [.. given.Select(a => $"{a.Name}: ${a.Name}"), .. isList ? ["first: 10"] : (string[])[]];
        var query = (given.Count == 0 ? "" : $"query ({declared}) ")
            + $"{{ {field.Name}{(passed.Length == 0 ? "" : $"({string.Join(", ", passed)})")} "
            + $"{WholeSelection.Of(field.ResolvedType!)} }}";
        var answer = await caller.SendAsync(
            HttpMethod.Post, "/graphql", new { query, variables }, ("X-Request-Id", "the-same"));
        Assert.True(answer.ErrorCode is not ("validation_error" or "internal_error"), query + answer.Body);
        return answer.Body;
    }

    private object ValueOf(FieldType field, QueryArgument argument) => argument.Name switch
    {
        "orgSlug" => Org.Slug,
        "slug" or "eventSlug" => _ids["slug"],
        "id" when _ids.TryGetValue(field.Name, out var id) => id,
        "id" or "eventId" => _ids["event"],
        "lookup" => new { id = _ids["event"] },
        "ids" => _ids.Where(id => id.Key != "slug").Select(id => id.Value).ToArray(),
        var name => ExampleValues.Of(name, argument.ResolvedType!),
    };

    private async Task<Dictionary<string, object>> LiveIdsAsync() => new()
    {
        ["event"] = await FirstAsync("events", "id"),
        ["slug"] = await FirstAsync("events", "slug"),
        ["ticketType"] = await FirstAsync($"events/{await FirstAsync("events", "id")}/ticket-types", "id"),
        ["order"] = await FirstAsync("orders", "id"),
        ["attendee"] = await FirstAsync("attendees", "id"),
    };

    private async Task<string> FirstAsync(string list, string column) =>
        (await Org.Live.GetAsync($"/api/v1/{list}")).Column(column)[0]!;

    private static async Task SellAsync(ApiClient client, long price)
    {
        var eventId = await client.CreateEventAsync();
        var typeId = await client.CreateTicketTypeAsync(eventId, price);
        (await client.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        const string query =
            "mutation ($input: CheckoutInput!) { checkout(input: $input) { status } }";
        var input = new
        {
            eventId,
            buyerName = "Ada",
            buyerEmail = "ada@example.com",
            items = new[] { new { ticketTypeId = typeId, quantity = 2 } },
        };
        var sold = await client.GraphQLAsync(query, new { input });
        Assert.Contains("CONFIRMED", sold.Body, StringComparison.Ordinal);
    }

    private sealed class Nobody(TestHost host) : IApiCaller
    {
        public Task<ApiResponse> SendAsync(
            HttpMethod method,
            string path,
            object? body = null,
            params (string Name, string Value)[] headers) =>
            ApiResponse.SendAsync(host.Http, method, path, key: null, body, headers);

        public Task<OpenSubscription> SubscribeAsync(
            string query, object variables, string? after = null) =>
            OpenSubscription.OpenAsync(host.Http, query, variables, after);
    }
}
