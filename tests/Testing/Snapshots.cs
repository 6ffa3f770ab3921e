using System.Text.Json;
using System.Text.RegularExpressions;
using Equaticket.Testing.OpenApi;
using Snapshooter.Xunit;

namespace Equaticket.Testing;

/// <summary>Compares whole responses with snapshots, and masks values that differ on each run.</summary>
public static partial class Snapshots
{
    private static readonly string[] HeadersThatMatter =
    [
        "Access-Control-Allow-Origin", "Allow", "Cache-Control", "Location", "Retry-After",
        "WWW-Authenticate",
    ];

    private static readonly IReadOnlyList<string> AllHeaders =
        [.. HeadersThatMatter.Union(ApiDescription.Committed.HeaderNames).Order(StringComparer.Ordinal)];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares status, significant headers and body. The snapshot has the test's name.</summary>
    public static void MatchSnapshot(this ApiResponse response) =>
        Snapshot.Match(Text(response, HeadersThatMatter));

    /// <summary>Compares status, every documented header and body.</summary>
    public static void MatchSnapshotWithAllHeaders(this ApiResponse response) =>
        Snapshot.Match(Text(response, AllHeaders));

    /// <summary>Compares with a named snapshot, for a test with several.</summary>
    public static void MatchSnapshot(this ApiResponse response, string name) =>
        Snapshot.Match(Text(response, HeadersThatMatter), name);

    private static string Text(ApiResponse response, IReadOnlyList<string> shown)
    {
        var headers = shown
            .Select(name => (Name: name, Value: response.Header(name)))
            .Where(header => header.Value is not null)
            .Select(header => $"{header.Name}: {header.Value}");
        var body = response.Json is { } json ? json.ToJsonString(Indented) : response.Body;
        return Mask(string.Join('\n', [$"HTTP {response.Status}", .. headers, "", body]));
    }

    /// <summary>
    /// Replaces ids with numbers in order of appearance, so that equal ids are recognizable.
    /// </summary>
    private static string Mask(string text)
    {
        var ids = new Dictionary<string, string>();
        text = Uuid().Replace(text, match =>
        {
            if (!ids.TryGetValue(match.Value, out var name))
                ids.Add(match.Value, name = $"<id {ids.Count + 1}>");
            return name;
        });
        text = RequestId().Replace(text, "<request id>");
        text = Cursor().Replace(text, "<cursor>");
        text = Secret().Replace(text, "<secret>");
        text = LastFour().Replace(text, "<last four>");
        text = Duration().Replace(text, "<ms>");
        text = Hash().Replace(text, "<hash>");
        text = WindowHeader().Replace(text, "<number>");
        text = WebhookSecret().Replace(text, "<webhook secret>");
        text = MessageId().Replace(text, "<message id>");
        text = TicketCode().Replace(text, "\"ticket_code\": \"<ticket code>\"");
        text = TestPayment().Replace(text, "<test payment>");
        text = OrganizationSlug().Replace(text, "<org>");
        text = Loopback().Replace(text, "http://<host>");
        return Now().Replace(text, "<now>");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("req_[0-9A-Za-z]{24}")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"(?<=\bsk_(live|test)_)[0-9A-Za-z]{38}\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex("(?<=\"last_four\": \")[0-9A-Za-z]{4}(?=\")")]
    private static partial Regex LastFour();

    [GeneratedRegex("(?<=\"duration_ms\": )[0-9]+")]
    private static partial Regex Duration();

    // Part of an entity tag, whose version is the same on each run.
    [GeneratedRegex("(?<=\"([0-9]+-)?)[0-9a-f]{16}(?=\")", RegexOptions.ExplicitCapture)]
    private static partial Regex Hash();

    // A window may end during a test. A value of 0 is not masked, since an exhausted limit always has 0 left.
    [GeneratedRegex(
        "(?<=RateLimit-(Remaining|Reset): |^HTTP 429\n([A-Z].*\n)*Retry-After: )[1-9][0-9]*",
        RegexOptions.ExplicitCapture)]
    private static partial Regex WindowHeader();

    [GeneratedRegex("whsec_[0-9A-Za-z+/]+={0,2}")]
    private static partial Regex WebhookSecret();

    [GeneratedRegex("evt_[0-9a-f]{32}")]
    private static partial Regex MessageId();

    [GeneratedRegex("eyJ[0-9A-Za-z+/]+={0,2}")]
    private static partial Regex Cursor();

    [GeneratedRegex("\"ticket_code\": \"[A-HJ-NP-Z2-9]{8}\"")]
    private static partial Regex TicketCode();

    [GeneratedRegex("test_[0-9a-f]{32}")]
    private static partial Regex TestPayment();

    [GeneratedRegex(@"\borg-\d+\b")]
    private static partial Regex OrganizationSlug();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Loopback();

    // Tests use times in 2099 and before 2020; those in between come from the clock.
    [GeneratedRegex(@"20[2-8]\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Now();
}
