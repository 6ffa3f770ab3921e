namespace Equaticket.Schema.Tests.Events;

public sealed class SlugChoiceTests : ApiTest
{
    private const string Create =
        """
        mutation ($title: String!, $slug: String) {
          createEvent(input: {
            title: $title, slug: $slug, timezone: "UTC", currency: "usd"
            startsAt: "2099-01-01T00:00:00Z"
          }) { slug }
        }
        """;

    [Fact]
    public async Task Equal_titles_get_numbers_and_the_modes_are_separate()
    {
        Assert.Equal("gala", await SlugAsync(Org.Test, "Gala"));
        Assert.Equal("gala-2", await SlugAsync(Org.Test, "Gala"));
        Assert.Equal("gala-3", await SlugAsync(Org.Test, "gala!"));
        Assert.Equal("gala", await SlugAsync(Org.Live, "Gala"));
    }

    [Fact]
    public async Task Events_with_the_same_title_created_concurrently_all_get_a_slug()
    {
        var slugs = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => SlugAsync(Org.Test, "Rush")));
        Assert.Equal(
            ["rush", .. Enumerable.Range(2, 7).Select(number => $"rush-{number}")],
            slugs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_number_after_a_long_title_stays_within_the_limit()
    {
        var title = new string('a', 120);
        Assert.Equal(new string('a', 100), await SlugAsync(Org.Test, title));
        Assert.Equal(new string('a', 91) + "-2", await SlugAsync(Org.Test, title));
    }

    [Fact]
    public async Task A_taken_slug_given_by_the_caller_is_a_conflict()
    {
        await SlugAsync(Org.Test, "Gala");
        var answer = await Org.Test.AskAsync(Create, new { title = "Other", slug = "gala" });
        Assert.Equal(("conflict", "slug"), (answer.ErrorCode, answer.Param));
    }

    /// <summary>With scalars only, the row is inserted with the response; otherwise it is read before that.</summary>
    [Fact]
    public async Task A_conflict_is_the_same_whatever_is_selected_and_however_often_it_is_sent()
    {
        await SlugAsync(Org.Test, "Gala");
        var conflicts = new HashSet<string>();
        foreach (var (name, selection) in new[] { ("flat", "slug }"), ("deep", "slug ticketTypes { nodes { id } } }") })
        {
            var query = Create.Replace("slug }", selection, StringComparison.Ordinal);
            var body = new { query, variables = new { title = "Other", slug = "gala" } };
            var key = ("Idempotency-Key", name);
            conflicts.Add(ErrorOf(await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body)));
            conflicts.Add(ErrorOf(await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, key)));
            conflicts.Add(ErrorOf(await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, key)));
        }

        var conflict = Assert.Single(conflicts);
        Assert.Contains("\"path\":[\"createEvent\"]", conflict, StringComparison.Ordinal);
    }

    private static string ErrorOf(ApiResponse response)
    {
        var error = Assert.Single(response.Json!["errors"]!.AsArray())!;
        error["extensions"]!.AsObject().Remove("requestId");
        return error.ToJsonString();
    }

    private static async Task<string> SlugAsync(ApiClient client, string title) =>
        (await client.DataAsync(Create, new { title }))["createEvent"]!["slug"].Text();
}
