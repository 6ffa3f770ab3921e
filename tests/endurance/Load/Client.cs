using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Equaticket.Endurance.Load;

/// <summary>A request with an API key or a session of the door staff, retried until it gets a final response.</summary>
public sealed record Call(
    HttpMethod Method, string Path, object? Body = null, string? Key = null, string? IdempotencyKey = null,
    bool IsSession = false)
{
    public bool IsWrite => IdempotencyKey is not null || IsSession;

    public static Call GraphQL(
        string query, object variables, string? key = null, string? idempotencyKey = null, bool isSession = false) =>
        new(HttpMethod.Post, "/graphql", new { query, variables }, key, idempotencyKey, isSession);
}

/// <summary>A final response, with the times when the first attempt started and the response arrived.</summary>
public sealed record Answer(int Status, JsonElement Body, string? Code, string Message, long Start, long End)
{
    /// <summary>The first field of a GraphQL operation.</summary>
    public JsonElement Field => Body.GetProperty("data").EnumerateObject().First().Value;
}

/// <summary>Sends like a careful client: retries the same request with the same key until it gets a response.</summary>
public sealed class Client(Uri address, Journal journal, Ledger ledger, string? cookie) : IDisposable
{
    /// <summary>The response to a request while another one with the same key is still running.</summary>
    public const string StillRunning = "409 conflict";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly string[] Temporary = ["unavailable", "internal_error", "rate_limited"];

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 2000 })
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static string NewKey() => $"{new Guid(RandomNumberGenerator.GetBytes(16))}";

    public void Dispose() => _http.Dispose();

    /// <returns>Null if there was no response in time; the ledger then lists the request if it is a write.</returns>
    public async Task<Answer?> SendAsync(Call call)
    {
        var start = Stopwatch.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            if (await TryAsync(call, start) is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(start) > Deadline)
            {
                if (call.IsWrite)
                    ledger.GivenUp.Enqueue($"{call.Method} {call.Path} {call.IdempotencyKey}");
                return null;
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()));
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<Answer?> TryAsync(Call call, long first)
    {
        var start = Stopwatch.GetTimestamp();
        journal.Count();
        string failure;
        try
        {
            using var end = new CancellationTokenSource(Patience);
            using var request = Request(call);
            using var response = await _http.SendAsync(request, end.Token);
            var text = await response.Content.ReadAsStringAsync(end.Token);
            var answer = Read((int)response.StatusCode, text, first);
            if (answer is not null && !IsTemporary(response, answer))
            {
                if (call.IsWrite && answer.Status < 300)
                    journal.Acknowledge();
                return answer;
            }

            failure = $"{(int)response.StatusCode} {answer?.Code}".TrimEnd();
        }
        catch (OperationCanceledException)
        {
            failure = "timeout";
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            failure = "connection";
        }

        journal.Fail(new FailedAttempt(
            start, Stopwatch.GetTimestamp(), failure, $"{call.Method} {call.Path} {call.IdempotencyKey}"));
        return null;
    }

    private HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(call.Method, call.Path);
        if (call.Body is not null)
            request.Content = JsonContent.Create(call.Body);
        if (call.Key is not null)
            request.Headers.Add("Authorization", $"Bearer {call.Key}");
        if (call.IdempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", call.IdempotencyKey);
        if (call.IsSession)
        {
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("GraphQL-Require-Preflight", "1");
        }

        return request;
    }

    /// <summary>Returns null for responses of a proxy, which are not JSON.</summary>
    private static Answer? Read(int status, string text, long first)
    {
        try
        {
            var body = JsonSerializer.Deserialize<JsonElement>(text);
            var (code, message) = Error(body);
            return new Answer(status, body, code, message, first, Stopwatch.GetTimestamp());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string? Code, string Message) Error(JsonElement body)
    {
        if (body.TryGetProperty("error", out var error))
            return ($"{error.GetProperty("code")}", $"{error.GetProperty("message")}");
        if (body.TryGetProperty("errors", out var errors))
        {
            var first = errors[0];
            return ($"{first.GetProperty("extensions").GetProperty("code")}", $"{first.GetProperty("message")}");
        }

        return (null, "");
    }

    /// <summary>A 409 also has <c>Retry-After</c> while the first request with the key is still running.</summary>
    private static bool IsTemporary(HttpResponseMessage response, Answer answer) =>
        answer.Status >= 500 || Temporary.Contains(answer.Code) || response.Headers.RetryAfter is not null;
}
