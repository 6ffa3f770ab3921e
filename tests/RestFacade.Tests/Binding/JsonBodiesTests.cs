using System.Text;
using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Binding;

public sealed class JsonBodiesTests : ApiTest
{
    private const string Path = "/api/v1/events";
    private const string Valid =
        """{"title": "T", "timezone": "UTC", "starts_at": "2099-01-01T00:00:00Z", "currency": "usd"}""";

    public static TheoryData<string> Broken =>
    [
        "{", "nonsense", "{} {}", Valid + "x", "{\"title\": \"T\",}", "{'title': 'T'}",
        "{\"title\": NaN}", "{\"title\": 01}", "// comment\n{}", "\ufeff\ufeff" + Valid,
        Valid + "\ufeff", new string('[', 10_000),
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_body_that_is_not_JSON_is_refused(string body) =>
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error");

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    public async Task A_body_that_is_not_an_object_is_refused(string body) =>
        (await Org.Live.PostAsync(Path, body))
            .AssertRefused("validation_error", saying: "must be a JSON object");

    [Theory]
    [InlineData("""{"title": "A", "title": "B"}""")]
    [InlineData("""{"title": "A", "t\u0069tle": "B"}""")]
    [InlineData("""{"metadata": {"a": "1", "a": "2"}}""")]
    public async Task A_duplicate_name_is_refused(string body)
    {
        (await Org.Live.PostAsync(Path, body)).AssertStatus(400);
        var id = await Org.Live.CreateEventAsync();
        (await Org.Live.PatchAsync($"{Path}/{id}", body)).AssertRefused("validation_error");
    }

    [Theory]
    [InlineData("titel")]
    [InlineData("Title")]
    [InlineData("startsAt")]
    [InlineData("id")]
    [InlineData("livemode")]
    [InlineData("status")]
    public async Task An_unknown_field_is_refused_with_its_name(string name)
    {
        var body = Seed.EventBody();
        body[name] = "x";
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error", name);
    }

    [Theory]
    [InlineData("title", "5")]
    [InlineData("title", "true")]
    [InlineData("title", "[\"T\"]")]
    [InlineData("title", "{}")]
    [InlineData("starts_at", "4070908800")]
    [InlineData("metadata", "\"a\"")]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", """{"a": 1}""")]
    [InlineData("metadata", """{"a": {"b": "c"}}""")]
    [InlineData("metadata", """{"a": null}""")]
    [InlineData("metadata", """{"": "x"}""")]
    public async Task A_value_of_another_type_is_refused(string name, string value)
    {
        var body = Seed.EventBody();
        body[name] = JsonNode.Parse(value);
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error", name);
    }

    [Fact]
    public async Task Metadata_keys_have_up_to_40_characters_and_values_up_to_500()
    {
        (await CreateAsync(new string('k', 40), new string('v', 500))).AssertStatus(201);
        (await CreateAsync(new string('k', 41), "v")).AssertRefused("validation_error", "metadata");
        (await CreateAsync("k", new string('v', 501))).AssertRefused("validation_error", "metadata");
    }

    [Theory]
    [InlineData("""{"metadata": {"a\u0000": "x"}}""")]
    [InlineData("""{"metadata": {"a": "\u0000"}}""")]
    [InlineData("""{"metadata": {"\ud800": "x"}}""")]
    [InlineData("""{"metadata": {"a": "\ud800"}}""")]
    [InlineData("""{"\ud800": "x"}""")]
    [InlineData("""{"\u0000": "x"}""")]
    [InlineData("""{"title": "\ud83d"}""")]
    [InlineData("""{"title": "x\u0000"}""")]
    [InlineData("""{"title": "\udc00\ud800"}""")]
    [InlineData("""{"slug": "a\u0000"}""")]
    [InlineData("""{"starts_at": "2099-01-01T00:00:00Z\u0000"}""")]
    public async Task U_0000_and_unpaired_surrogates_are_refused_everywhere_in_a_body(string body)
    {
        var id = await Org.Live.CreateEventAsync();
        (await Org.Live.PatchAsync($"{Path}/{id}", body)).AssertStatus(400);
        Assert.Equal("Test event", (await Org.Live.GetAsync($"{Path}/{id}")).Text("title"));
    }

    [Fact]
    public async Task A_surrogate_pair_is_one_character_and_is_returned_unchanged()
    {
        var response = await Org.Live.PostAsync(
            Path, Valid.Replace("\"T\"", "\"\\ud83c\\udfab \ud83c\udfab\"", StringComparison.Ordinal));
        Assert.Equal("\ud83c\udfab \ud83c\udfab", response.AssertStatus(201).Text("title"));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes(Valid.Replace("\"T\"", "\"\u00e9\"", StringComparison.Ordinal));
        (await Org.Live.PostAsync(Path, bytes)).AssertRefused("validation_error", saying: "UTF-8");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_256_KiB_is_accepted_and_one_more_byte_is_too_large(bool isChunked)
    {
        var largest = Valid + new string(' ', (256 * 1024) - Valid.Length);
        (await PostAsync(largest)).AssertStatus(201);
        (await PostAsync(largest + " ")).AssertRefused("payload_too_large");
        (await PostAsync(new string(' ', 3 * 1024 * 1024))).AssertRefused("payload_too_large");

        Task<ApiResponse> PostAsync(string body) => Org.Live.SendAsync(
            HttpMethod.Post, Path, body, isChunked ? [("Transfer-Encoding", "chunked")] : []);
    }

    [Theory]
    [InlineData("application/json", 201)]
    [InlineData("Application/JSON; charset=UTF-8", 201)]
    [InlineData("application/json; charset=\"utf-8\"", 201)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("nonsense", 415)]
    public async Task Only_JSON_in_UTF_8_is_accepted(string contentType, int status) =>
        (await Org.Live.SendAsync(HttpMethod.Post, Path, Valid, ("Content-Type", contentType)))
            .AssertStatus(status);

    [Theory]
    [InlineData("application/json; charset=utf-16", "utf-16")]
    [InlineData("application/json; charset=\"ISO-8859-1\"", "ISO-8859-1")]
    public async Task The_error_names_an_unsupported_charset(string contentType, string charset)
    {
        foreach (var path in new[] { Path, "/graphql" })
        {
            var refused = await Org.Live.SendAsync(HttpMethod.Post, path, Valid, ("Content-Type", contentType));
            Assert.Equal((415, "unsupported_media_type"), (refused.Status, refused.ErrorCode));
            Assert.Contains($"charset {charset} is not", refused.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"metadata": {"a\nb": "x"}}""", "metadata")]
    [InlineData("""{"metadata": {" ": "x"}}""", "metadata")]
    [InlineData("""{"title": "a\u2028b"}""", "title")]
    [InlineData("""{"title": "\u200b"}""", "title")]
    [InlineData("""{"venue_name": "a\u0085b"}""", "venue_name")]
    public async Task A_single_line_text_contains_no_control_characters(string body, string param)
    {
        var id = await Org.Live.CreateEventAsync();
        (await Org.Live.PatchAsync($"{Path}/{id}", body)).AssertRefused("validation_error", param);
        const string several = "a\n\tb\u2028c";
        var kept = await Org.Live.PatchAsync(
            $"{Path}/{id}", new { description = several, venue_address = several, metadata = new { a = several } });
        Assert.Equal(several, kept.AssertStatus(200).Text("description"));
        Assert.Equal(several, kept.Text("venue_address"));
    }

    [Fact]
    public async Task Routes_without_a_body_accept_only_none_or_an_empty_object()
    {
        var id = await Org.Live.CreateEventAsync();
        await Org.Live.CreateTicketTypeAsync(id);
        (await Org.Live.PostAsync($"{Path}/{id}/publish", """{"at": "now"}"""))
            .AssertRefused("validation_error", "at");
        (await Org.Live.PostAsync($"{Path}/{id}/publish", "{}")).AssertStatus(200);
        (await Org.Live.PostAsync($"{Path}/{id}/cancel")).AssertStatus(200);
    }

    [Theory]
    [InlineData("title", "\"\\ud800\"")]
    [InlineData("metadata", "{\"a\": \"\\ud800\"}")]
    [InlineData("title", "\"\\u0000\"")]
    public async Task A_field_that_is_not_valid_text_is_refused_with_its_name(string name, string json) =>
        (await Org.Live.PostAsync(Path, $$"""{"{{name}}": {{json}}}"""))
            .AssertRefused("validation_error", name, "surrogates");

    private Task<ApiResponse> CreateAsync(string key, string value)
    {
        var body = Seed.EventBody();
        body["metadata"] = new Dictionary<string, string> { [key] = value };
        return Org.Live.PostAsync(Path, body);
    }
}
