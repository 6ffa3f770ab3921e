using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit.Abstractions;

namespace Equaticket.Host.Tests.Fuzzing;

/// <summary>Mutations of the corpus in each place of a request: a host never responds with a 5xx.</summary>
public sealed class HttpFuzzTests(ITestOutputHelper output) : ApiTest
{
    private const ulong SmallSample = 300;
    private const ulong LargeSample = 5_000;

    private static readonly (string Corpus, string Header)[] Headers =
    [
        ("api-keys", "Authorization"), ("idempotency-keys", "Idempotency-Key"), ("tags", "If-Match"),
        ("tags", "If-None-Match"), ("media-types", "Accept"), ("media-types", "Accept-Language"),
        ("positions", "Last-Event-ID"), ("addresses", "Origin"), ("formats", "X-Request-Id"),
    ];

    private static readonly (string Corpus, string Parameter)[] Parameters =
    [
        ("cursors", "cursor"), ("times", "created_after"), ("formats", "buyer_email"), ("formats", "order_number"),
        ("queries", "q"), ("formats", "limit"),
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Seeds = FuzzTargets.All.Keys
        .ToDictionary(name => name, Corpus.Read);

    [Fact]
    public async Task No_input_of_the_corpus_causes_a_server_error()
    {
        foreach (var (corpus, header) in Headers)
        {
            foreach (var text in Seeds[corpus])
                await SendAsync(With(header, text, new HttpRequestMessage(HttpMethod.Get, "/api/v1/events")), text);
        }

        foreach (var query in Seeds["documents"])
            await SendAsync(With("Accept", "*/*", Post("/graphql", JsonSerializer.Serialize(new { query }), 1)), query);
    }

    [Fact]
    public async Task No_request_of_a_fixed_sample_causes_a_server_error()
    {
        for (var number = 0UL; number < SmallSample; number++)
            await TryAsync(number);
    }

    /// <summary>The same requests each time, or as many random ones as <c>FUZZ_REQUESTS</c> says.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task No_request_of_a_large_sample_causes_a_server_error()
    {
        var watch = Stopwatch.StartNew();
        if (Environment.GetEnvironmentVariable("FUZZ_REQUESTS") is { } count)
        {
            await Gen.ULong.SampleAsync(TryAsync, iter: long.Parse(count, CultureInfo.InvariantCulture));
        }
        else
        {
            for (var number = SmallSample; number < LargeSample; number++)
                await TryAsync(number);
        }

        output.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s");
    }

    private Task TryAsync(ulong number) => SendAsync(Request(number), $"{number}");

    private async Task SendAsync(HttpRequestMessage request, string input)
    {
        try
        {
            using (request)
            using (var response = await Host.Http.SendAsync(request))
                Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
        }
        catch (Exception fault)
        {
            throw new InvalidDataException($"Request {input}: {request}", fault);
        }
    }

    /// <summary>A request that follows from the number, with mutations in some places.</summary>
    private HttpRequestMessage Request(ulong number)
    {
        var (what, rest) = ((int)(number % 5), number / 5);
        var request = what switch
        {
            0 => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{Path(rest)}?{Query(rest)}"),
            1 => Post("/graphql", JsonSerializer.Serialize(new { query = Text("documents", rest) }), rest),
            2 => Post("/api/v1/events", Text("bodies", rest), rest),
            3 => Post("/graphql", Text("bodies", rest), rest),
            _ => Post("/api/v1/webhooks", JsonSerializer.Serialize(
                new { url = Text("addresses", rest), events = new[] { "order.created" } }), rest),
        };
        var (corpus, header) = Headers[(int)(rest % (ulong)Headers.Length)];
        return With(header, Text(corpus, rest), request);
    }

    private HttpRequestMessage With(string header, string value, HttpRequestMessage request)
    {
        if (header != "Authorization")
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Org.Test.Secret}");
        request.Headers.TryAddWithoutValidation(header, Latin(value));
        return request;
    }

    private static HttpRequestMessage Post(string path, string body, ulong number)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var type = number % 4 == 0 ? Latin(Text("media-types", number)) : "application/json";
        if (!content.Headers.TryAddWithoutValidation("Content-Type", type))
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static string Path(ulong number) => (number % 4) switch
    {
        0 => "events",
        1 => "orders",
        2 => "attendees",
        _ => $"events/{Uri.EscapeDataString(Sound(Text("formats", number)))}",
    };

    private static string Query(ulong number)
    {
        var (corpus, name) = Parameters[(int)(number % (ulong)Parameters.Length)];
        return $"{name}={Uri.EscapeDataString(Sound(Text(corpus, number)))}";
    }

    private static string Text(string corpus, ulong number) => Corpus.Mutation(Seeds[corpus], number);

    /// <summary>Only characters that an HTTP client can send in a header.</summary>
    private static string Latin(string text) =>
        string.Concat(text.Where(character => character is >= ' ' and <= '\u00ff'));

    /// <summary>Without unpaired surrogates, which a client can't put into a URL.</summary>
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
