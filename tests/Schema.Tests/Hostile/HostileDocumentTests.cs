using System.Text;
using Xunit.Abstractions;

namespace Equaticket.Schema.Tests.Hostile;

/// <summary>Documents designed to be expensive: each is refused before it is executed.</summary>
public sealed class HostileDocumentTests(ITestOutputHelper output) : ApiTest
{
    /// <summary>
    /// The maximum that one refusal may allocate: about the size of the largest document's syntax tree.
    /// </summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    [Theory]
    [MemberData(nameof(HostileDocuments.Documents), MemberType = typeof(HostileDocuments))]
    [MemberData(nameof(HostileDocuments.Values), MemberType = typeof(HostileDocuments))]
    public async Task A_hostile_document_is_refused_before_execution(string kind, string document)
    {
        var answer = await Org.Test.AskAsync(document);
        Assert.True(
            answer.Status is >= 400 and < 500 && answer.ErrorCode == "validation_error",
            $"{kind}: {answer.Status} {Shorten(answer.Body)}");
        Assert.True(answer.Body.Length < 16_000, $"{kind}: {answer.Body.Length} characters.");
        AssertAPersonCanActOnIt(answer);
    }

    [Theory]
    [MemberData(nameof(HostileDocuments.Documents), MemberType = typeof(HostileDocuments))]
    public void Refusing_a_hostile_document_takes_little_work(string kind, string document)
    {
        var work = DocumentWork.Measure(Host, document);
        Assert.True(work.IsRefused, kind);
        Assert.True(
            work.AllocatedBytes < MaxBytes, $"{kind}: {work.AllocatedBytes} bytes.");
        output.WriteLine($"{kind}: {work.Cpu.TotalMilliseconds} ms, {work.AllocatedBytes} bytes");
    }

    [Theory]
    [MemberData(nameof(HostileDocuments.CostlyDocuments), MemberType = typeof(HostileDocuments))]
    public async Task The_most_expensive_document_within_the_limits_is_executed(string kind, string document)
    {
        var work = DocumentWork.Measure(Host, document);
        output.WriteLine($"{kind}: {work.Cpu.TotalMilliseconds} ms, {work.AllocatedBytes} bytes");
        var answer = await Org.Test.AskAsync(document);
        Assert.True(answer.Status is 200 or 400, $"{kind}: {answer.Status} {Shorten(answer.Body)}");
    }

    [Theory]
    [MemberData(nameof(HostileDocuments.Variables), MemberType = typeof(HostileDocuments))]
    public async Task Big_variables_are_refused_before_execution(string kind, string query, string variables)
    {
        var answer = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", $"{{\"query\":\"{query}\",\"variables\":{variables}}}",
            Asking.Accept);
        Assert.True(
            answer.ErrorCode == "validation_error" && answer.Body.Length < 16_000,
            $"{kind}: {answer.Status} {Shorten(answer.Body)}");
        AssertAPersonCanActOnIt(answer);
    }

    [Theory]
    [InlineData("""[{"query":"{ __typename }"}]""", 400)]
    [InlineData("""{"query":5}""", 400)]
    [InlineData("""{"query":["{ __typename }"]}""", 400)]
    [InlineData("""{"query":null}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("null", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("""{"query":"{ __typename }","query":"{ __typename }"}""", 400)]
    [InlineData("""{"query":"{ __typename }","variables":[]}""", 400)]
    [InlineData("""{"query":"{ __typename }","variables":"{}"}""", 400)]
    [InlineData("""{"query":"{ __typename }","operationName":1}""", 400)]
    [InlineData("""{"query":"{ __typename }","operationName":"Other"}""", 400)]
    [InlineData("""{"query":"{ __typename }","extensions":1}""", 400)]
    [InlineData("""{"query":"\ud800"}""", 400)]
    [InlineData("""{"query":"{ __typename }","variables":{"a":"\udc00"}}""", 400)]
    [InlineData("""{"query":"{ __typename }","variables":{"a":"\u0000"}}""", 400)]
    [InlineData("""{"query":"{ __typename }","variables":{"\u0000":1}}""", 400)]
    public async Task A_body_that_is_not_a_request_is_refused(string body, int status)
    {
        var answer = await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept);
        answer.AssertRefused(status, "validation_error");
        AssertAPersonCanActOnIt(answer);
    }

    [Fact]
    public async Task A_body_over_256_kib_is_too_large_and_one_of_256_kib_is_not()
    {
        var frame = """{"query":"{ __typename }","extensions":{"a":""}}""".Length;
        foreach (var (size, status) in new[] { (256 * 1024, 200), ((256 * 1024) + 1, 413) })
        {
            var filler = new string('x', size - frame);
            var body = $$$"""{"query":"{ __typename }","extensions":{"a":"{{{filler}}}"}}""";
            Assert.Equal(size, Encoding.UTF8.GetByteCount(body));
            var answer = await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept);
            Assert.Equal(status, answer.Status);
        }
    }

    private static void AssertAPersonCanActOnIt(ApiResponse answer)
    {
        var error = answer.Json!["errors"]![0]!;
        Assert.NotEmpty(error["message"].Text());
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.Equal(answer.Header("X-Request-Id"), error["extensions"]!["requestId"].Text());
    }

    private static string Shorten(string text) => text.Length < 500 ? text : text[..500];
}
