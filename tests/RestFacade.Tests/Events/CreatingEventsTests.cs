namespace Equaticket.RestFacade.Tests.Events;

public sealed class CreatingEventsTests : ApiTest
{
    private const string Path = "/api/v1/events";

    [Theory]
    [InlineData("title")]
    [InlineData("timezone")]
    [InlineData("starts_at")]
    [InlineData("currency")]
    public async Task Create_requires_the_field(string name)
    {
        var body = Seed.EventBody();
        body.Remove(name);
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error", name);
        body[name] = null;
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error", name);
        body[name] = " \t ";
        (await Org.Live.PostAsync(Path, body)).AssertRefused("validation_error", name);
    }

    [Theory]
    [InlineData("title", 200)]
    [InlineData("description", 20_000)]
    [InlineData("venue_name", 200)]
    [InlineData("venue_address", 500)]
    public async Task A_text_may_not_exceed_its_maximum_length(string name, int max)
    {
        // Lengths count code points: a clef takes two UTF-16 units, and four bytes in UTF-8.
        var longest = string.Concat(Enumerable.Repeat("𝄞", max));
        var response = await CreateAsync(name, longest);
        Assert.Equal(longest, response.AssertStatus(201).Text(name));
        (await CreateAsync(name, longest + "x")).AssertRefused("validation_error", name);
    }

    [Theory]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("-")]
    public async Task A_slug_has_lowercase_letters_digits_and_inner_hyphens(string slug) =>
        (await CreateAsync("slug", slug)).AssertRefused("validation_error", "slug");

    [Fact]
    public async Task A_slug_has_up_to_100_characters()
    {
        var longest = new string('a', 100);
        Assert.Equal(longest, (await CreateAsync("slug", longest)).AssertStatus(201).Text("slug"));
        (await CreateAsync("slug", longest + "a")).AssertRefused("validation_error", "slug");
        Assert.Equal("a--1", (await CreateAsync("slug", "a--1")).AssertStatus(201).Text("slug"));
    }

    [Theory]
    [InlineData("timezone", "America/Nowhere")]
    [InlineData("timezone", "america/chicago")]
    [InlineData("timezone", "+02:00")]
    [InlineData("currency", "USD")]
    [InlineData("currency", "dollar")]
    [InlineData("currency", "xyz")]
    [InlineData("starts_at", "2099-09-15")]
    [InlineData("starts_at", "2099-09-15T18:00:00")]
    [InlineData("starts_at", "2099-02-30T18:00:00Z")]
    [InlineData("starts_at", "tomorrow")]
    [InlineData("starts_at", "0001-01-01T00:00:00+01:00")]
    [InlineData("ends_at", "2099-09-15T18:00:00")]
    public async Task A_field_refuses_the_value(string name, string value) =>
        (await CreateAsync(name, value)).AssertRefused("validation_error", name);

    [Theory]
    [InlineData("2099-09-15T18:00:00Z", "2099-09-15T18:00:00.000Z")]
    [InlineData("2099-09-15t18:00:00z", "2099-09-15T18:00:00.000Z")]
    [InlineData("2099-09-15T20:00:00.123456789+02:00", "2099-09-15T18:00:00.123Z")]
    [InlineData("2099-09-15T06:30:00.5-11:30", "2099-09-15T18:00:00.500Z")]
    [InlineData("2026-09-15T18:00:00Z", "2026-09-15T18:00:00.000Z")]
    public async Task A_time_is_accepted_with_any_offset_and_returned_in_UTC(string given, string shown) =>
        Assert.Equal(shown, (await CreateAsync("starts_at", given)).AssertStatus(201).Text("starts_at"));

    [Theory]
    [InlineData("2099-09-15T18:00:00Z")]
    [InlineData("2099-09-15T17:59:59Z")]
    public async Task An_event_must_end_after_it_starts(string end) =>
        (await CreateAsync("ends_at", end)).AssertRefused("validation_error", "ends_at");

    [Fact]
    public async Task Texts_are_trimmed_and_an_optional_blank_is_null()
    {
        var body = Seed.EventBody(" \u00a0 Trimmed\t");
        body["venue_name"] = "  ";
        body["description"] = "\n two\n lines \n";
        var response = (await Org.Live.PostAsync(Path, body)).AssertStatus(201);
        Assert.Equal("Trimmed", response.Text("title"));
        Assert.Null(response.Text("venue_name"));
        Assert.Equal("two\n lines", response.Text("description"));
    }

    [Fact]
    public async Task The_id_is_a_UUID_of_version_7_and_the_location_is_its_URL()
    {
        var response = await Org.Live.PostAsync(Path, Seed.EventBody());
        Assert.Equal(7, Guid.ParseExact(response.Id, "D").Version);
        Assert.Equal($"{Path}/{response.Id}", response.Header("Location"));
        var read = await Org.Live.GetAsync(response.Header("Location")!);
        Assert.Equal(response.Body, read.AssertStatus(200).Body);
    }

    [Fact]
    public async Task The_location_has_no_empty_segment_after_a_trailing_slash()
    {
        var response = await Org.Live.PostAsync($"{Path}/", Seed.EventBody());
        Assert.Equal($"{Path}/{response.AssertStatus(201).Id}", response.Header("Location"));
    }

    private Task<ApiResponse> CreateAsync(string name, string value)
    {
        var body = Seed.EventBody();
        body[name] = value;
        return Org.Live.PostAsync(Path, body);
    }
}
