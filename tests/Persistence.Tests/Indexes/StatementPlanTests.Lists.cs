using System.Text.Json.Nodes;

namespace Equaticket.Persistence.Tests.Indexes;

/// <content>Lists, page by page, with each filter in the OpenAPI document.</content>
public abstract partial class StatementPlanTests
{
    private const string Listed = "/api/v1/";

    /// <summary>The path and filter of every list for API keys and anonymous callers.</summary>
    public static TheoryData<string, string> Lists()
    {
        var lists = new TheoryData<string, string>();
        var document = JsonNode.Parse(File.ReadAllText(Repository.File("openapi.json")))!;
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            var parameters = operations!["get"]?["parameters"]?.AsArray() ?? [];
            if (!path.StartsWith(Listed, StringComparison.Ordinal)
                || !parameters.Any(p => (string?)p!["$ref"] == "#/components/parameters/Cursor"))
                continue;
            lists.Add(path, "");
            foreach (var parameter in parameters.Where(p => (string?)p!["in"] == "query"))
                lists.Add(path, (string)parameter!["name"]!);
        }

        return lists;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_of_a_list_is_read_by_an_index_for_every_filter(
        string path, string filter)
    {
        var list = path.Replace(
            "{id}", path.Contains("webhooks", StringComparison.Ordinal) ? Rows.WebhookId : Rows.EventId,
            StringComparison.Ordinal);
        var query = filter.Length == 0 ? "" : $"&{filter}={Uri.EscapeDataString(Value(path, filter))}";
        if (path.Contains("public", StringComparison.Ordinal) && filter != "org_slug")
            query += $"&org_slug={Rows.Org.Slug}";
        // Pages of the public listing that were read before come from memory.
        var limit = filter == "org_slug" ? 3 : 2;
        Rows.Statements.Take();
        var first = await PageAsync($"{list}?limit={limit}{query}");
        if ((string?)first["next_cursor"] is { } cursor)
            await PageAsync($"{list}?limit={limit}{query}&cursor={Uri.EscapeDataString(cursor)}");
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task A_page_has_only_the_columns_that_the_operation_selects()
    {
        const string query =
            "{ orders { nodes { orderNumber payment { status } attendees { nodes { name } } } } }";
        Rows.Statements.Take();
        await Rows.Org.Live.GraphQLAsync(query);
        Assert.Equal(
            [
                "r.created_at r.id r.number r.payment_provider r.payment_status",
                "r.created_at r.id r.name r.order_id",
            ],
            Rows.Statements.Take().Select(sent => sent.Text)
                .Where(text => text.StartsWith("SELECT r.", StringComparison.Ordinal))
                .Select(text => text["SELECT ".Length..text.IndexOf(" FROM", StringComparison.Ordinal)])
                .Select(columns => string.Join(' ', columns.Split(", ").Order(StringComparer.Ordinal))));
    }

    private async Task<JsonNode> PageAsync(string path)
    {
        var page = await Rows.Org.Live.GetAsync(path);
        Assert.True(page.Status == 200, page.Body);
        return page.Json!;
    }

    private string Value(string path, string filter) => filter switch
    {
        "status" when path.EndsWith("/events", StringComparison.Ordinal) => "published",
        "status" when path.EndsWith("/orders", StringComparison.Ordinal) => "refunded",
        "status" when path.EndsWith("/attendees", StringComparison.Ordinal) => "void",
        "status" => "failed",
        "type" => "order.refunded",
        "slug" => "event-20",
        "buyer_email" or "email" => "buyer-20@example.com",
        "event_id" => Rows.EventId,
        "order_id" => Rows.Sold.OrderId,
        "ticket_type_id" => Rows.FreeTypeId,
        "order_number" => "EQ-100020",
        "ticket_code" => "GGGGGG24",
        "checked_in" => "true",
        "org_slug" => Rows.Org.Slug,
        _ => AgoText(TimeSpan.FromMinutes(10)),
    };
}
