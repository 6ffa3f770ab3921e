using System.Text.Json;
using System.Text.RegularExpressions;
using Snapshooter.Xunit;

namespace Equaticket.Testing;

/// <summary>Compares whole answers with snapshots, with what differs by nature masked.</summary>
public static partial class Snapshots
{
    private static readonly string[] HeadersThatMatter =
    [
        "Access-Control-Allow-Origin", "Allow", "Cache-Control", "Location", "Retry-After",
        "WWW-Authenticate",
    ];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Status, headers that matter and body. The test's name is the snapshot's.</summary>
    public static void MatchSnapshot(this ApiResponse response) =>
        Snapshot.Match(Text(response));

    /// <summary>The same, for a test that holds several snapshots.</summary>
    public static void MatchSnapshot(this ApiResponse response, string name) =>
        Snapshot.Match(Text(response), name);

    private static string Text(ApiResponse response)
    {
        var headers = HeadersThatMatter
            .Select(name => (Name: name, Value: response.Header(name)))
            .Where(header => header.Value is not null)
            .Select(header => $"{header.Name}: {header.Value}");
        var body = response.Json is { } json ? json.ToJsonString(Indented) : response.Body;
        return Mask(string.Join('\n', [$"HTTP {response.Status}", .. headers, "", body]));
    }

    /// <summary>
    /// Ids become numbers in the order in which they appear, so that it shows which are equal.
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

    // Tests give times in 2099 and before 2020; what lies between is the clock's.
    [GeneratedRegex(@"20[2-8]\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Now();
}
