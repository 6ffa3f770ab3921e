using System.Text.Json;

namespace Equaticket.Schema.Tests.Input;

/// <summary>Every rule applies to literals and variables, and errors name the field.</summary>
public sealed class InputRuleTests : ApiTest
{
    private static readonly Dictionary<string, string> Event = new(StringComparer.Ordinal)
    {
        ["title"] = "\"Rules\"",
        ["timezone"] = "\"America/Chicago\"",
        ["startsAt"] = "\"2099-09-15T18:00:00Z\"",
        ["currency"] = "\"usd\"",
    };

    private static readonly Dictionary<string, string> TicketType = new(StringComparer.Ordinal)
    {
        ["name"] = "\"Seat\"",
        ["price"] = "2500",
    };

    private static readonly string Long = new('x', 201);

    public static TheoryData<string, string, string> BrokenEvents() => new()
    {
        { "title", "\"\"", "blank" },
        { "title", "\" \\t \"", "blank" },
        { "title", $"\"{Long}\"", "1 to 200 characters" },
        { "title", "\"a\\u0000b\"", "U+0000" },
        { "title", "\"a\\nb\"", "single line" },
        { "title", "\"a\\u2028b\"", "single line" },
        { "title", "\"\\u200B\\uFEFF\"", "blank" },
        { "title", "null", "" },
        { "title", "5", "" },
        { "slug", "\"-a\"", "hyphen" },
        { "slug", "\"a-\"", "hyphen" },
        { "slug", "\"Ab\"", "a-z" },
        { "slug", "\"a b\"", "a-z" },
        { "slug", $"\"{Long}\"", "1 to 100 characters" },
        { "timezone", "\"Mars/Olympus\"", "IANA" },
        { "timezone", "\"america/chicago\"", "IANA" },
        { "currency", "\"USD\"", "lowercase" },
        { "currency", "\"xxx\"", "ISO 4217" },
        { "startsAt", "\"2099-09-15T18:00:00\"", "offset" },
        { "startsAt", "\"tomorrow\"", "offset" },
        { "startsAt", "4092314400", "" },
        { "endsAt", "\"2099-09-15T18:00:00Z\"", "after it starts" },
        { "endsAt", "\"2099-09-15\"", "offset" },
        { "description", $"\"{new string('x', 20_001)}\"", "20000" },
        { "venueName", $"\"{Long}\"", "at most 200 characters" },
        { "venueAddress", $"\"{new string('x', 501)}\"", "at most 500 characters" },
        { "slug", "\"\"", "blank" },
        { "metadata", "{ a: 1 }", "string" },
        { "metadata", "{ a: null }", "string" },
        { "metadata", "[]", "" },
        { "startsAt", "\"1899-12-31T23:59:59Z\"", "1900" },
        { "startsAt", "\"9999-01-01T00:00:00Z\"", "9998" },
        { "startsAt", "\"2099-09-15T18:00:00 02:00\"", "%2B" },
        { "metadata", $"{{ a: \"{new string('x', 501)}\" }}", "500" },
    };

    public static TheoryData<string, string, string> BrokenTicketTypes() => new()
    {
        { "name", "\"\"", "blank" },
        { "name", $"\"{Long}\"", "1 to 200 characters" },
        { "price", "-1", "between 0 and 99999999" },
        { "price", "100000000", "between 0 and 99999999" },
        { "price", "9223372036854775808", "" },
        { "price", "2500.0", "" },
        { "price", "\"2500\"", "" },
        { "quantityTotal", "0", "between 1 and 1000000" },
        { "quantityTotal", "1000001", "between 1 and 1000000" },
        { "quantityTotal", "1.5", "" },
        { "quantityTotal", "true", "" },
        { "minPerOrder", "0", "between 1 and 100" },
        { "minPerOrder", "11", "max_per_order" },
        { "maxPerOrder", "101", "between 1 and 100" },
        { "position", "-1", "between 0 and 1000" },
        { "salesStartAt", "\"soon\"", "offset" },
        { "currency", "\"eur\"", "usd" },
        { "description", $"\"{new string('x', 5_001)}\"", "5000" },
    };

    [Theory]
    [MemberData(nameof(BrokenEvents))]
    public async Task An_invalid_event_is_refused_with_the_name_of_its_field(
        string field, string value, string reason)
    {
        const string operation = "createEvent(input: $) { id }";
        await AssertRefusedAsync("CreateEventInput", operation, Event, field, value, reason);
        Assert.Empty((await Org.Test.DataAsync("{ events { nodes { id } } }"))["events"]!["nodes"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(BrokenTicketTypes))]
    public async Task An_invalid_ticket_type_is_refused_with_the_name_of_its_field(
        string field, string value, string reason)
    {
        var id = await Org.Test.CreateEventAsync();
        var operation = $"createTicketType(eventId: \"{id}\", input: $) {{ id }}";
        await AssertRefusedAsync(
            "CreateTicketTypeInput", operation, TicketType, field, value, reason);
    }

    [Fact]
    public async Task Missing_and_unknown_fields_are_refused_by_name()
    {
        foreach (var field in Event.Keys)
        {
            var answer = await AskByVariableAsync(
                "CreateEventInput", "createEvent(input: $) { id }", Without(Event, field));
            answer.AssertRefused(400, "validation_error");
            Assert.Equal(field, answer.Param);
        }

        var unknown = await AskByVariableAsync(
            "CreateEventInput", "createEvent(input: $) { id }", With(Event, "titel", "\"x\""));
        unknown.AssertRefused(400, "validation_error");
        Assert.Equal("titel", unknown.Param);
    }

    [Fact]
    public async Task Texts_are_trimmed_and_a_blank_optional_one_is_null()
    {
        var fields = With(With(Event, "title", "\" Trimmed \""), "venueName", "\" \"");
        foreach (var answer in new[]
        {
            await AskByLiteralAsync("createEvent(input: $) { title venueName }", fields),
            await AskByVariableAsync(
                "CreateEventInput", "createEvent(input: $) { title venueName }", fields),
        })
        {
            var created = answer.Data()["createEvent"]!;
            Assert.Equal("Trimmed", created["title"].Text());
            Assert.Null(created["venueName"]);
        }
    }

    [Fact]
    public async Task Lengths_count_code_points()
    {
        var title = string.Concat(Enumerable.Repeat("\U0001F3AB", 200));
        var answer = await AskByLiteralAsync(
            "createEvent(input: $) { title }", With(Event, "title", $"\"{title}\""));
        Assert.Equal(title, answer.Data()["createEvent"]!["title"].Text());
    }

    private async Task AssertRefusedAsync(
        string type,
        string operation,
        Dictionary<string, string> valid,
        string field,
        string value,
        string reason)
    {
        var fields = With(valid, field, value);
        foreach (var answer in new[]
        {
            await AskByLiteralAsync(operation, fields),
            await AskByVariableAsync(type, operation, fields),
        })
        {
            Assert.True(
                answer.ErrorCode is "validation_error" or "unprocessable"
                    && answer.Param == field && answer.Json!["data"] is null, answer.Body);
            Assert.Contains(
                reason, answer.Json!["errors"]![0]!["message"].Text(), StringComparison.Ordinal);
        }
    }

    private Task<ApiResponse> AskByLiteralAsync(string operation, Dictionary<string, string> fields) =>
        Org.Test.AskAsync($"mutation {{ {Fill(operation, Literal(fields))} }}");

    private Task<ApiResponse> AskByVariableAsync(
        string type, string operation, Dictionary<string, string> fields)
    {
        var members = fields.Select(field => $"\"{field.Key}\":{Json(field.Value)}");
        var query = JsonSerializer.Serialize($"mutation ($input: {type}!) {{ {Fill(operation, "$input")} }}");
        var input = $"{{{string.Join(',', members)}}}";
        var body = $"{{\"query\":{query},\"variables\":{{\"input\":{input}}}}}";
        return Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept);
    }

    private static string Fill(string operation, string input) =>
        operation.Replace("input: $", $"input: {input}", StringComparison.Ordinal);

    private static string Literal(Dictionary<string, string> fields) =>
        $"{{ {string.Join(", ", fields.Select(field => $"{field.Key}: {field.Value}"))} }}";

    /// <summary>The literal as JSON. Only <c>a</c>, the one member name used here, must be quoted.</summary>
    private static string Json(string literal) =>
        literal.Replace("{ a:", "{ \"a\":", StringComparison.Ordinal);

    private static Dictionary<string, string> With(Dictionary<string, string> fields, string field, string value) =>
        new(fields, StringComparer.Ordinal) { [field] = value };

    private static Dictionary<string, string> Without(Dictionary<string, string> fields, string field) =>
        fields.Where(pair => pair.Key != field).ToDictionary(StringComparer.Ordinal);
}
