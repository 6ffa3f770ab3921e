using System.Diagnostics;
using System.Text;

namespace Equaticket.Schema.Tests.Hostile;

/// <summary>Documents that are made to cost much: each is refused before it can.</summary>
public sealed class HostileDocumentTests : ApiTest
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    public static TheoryData<string, string> Documents() => new()
    {
        { "deep", Nested("... on Query { ", 60) },
        { "deep lists", $"{{ nodes(ids: {new string('[', 5_000)}{new string(']', 5_000)}) {{ id }} }}" },
        { "deep objects", $"{{ events(filter: {Repeat("{ slug: ", 5_000)}1{Repeat("}", 5_000)}) {{ totalCount }} }}" },
        { "deep type", $"query ($a: {new string('[', 5_000)}Int{new string(']', 5_000)}) {{ __typename }}" },
        { "open braces", new string('{', 200_000) },
        { "wide", $"{{ {Repeat("viewer { mode } ", 1_000)} }}" },
        { "aliased", $"{{ {Numbered("a{0}: viewer {{ mode }} ", 200)} }}" },
        { "fragment cycle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }" },
        { "fragment of itself", "{ ...A } fragment A on Query { viewer { mode } ...A }" },
        { "fragment bomb", "{ ...F0 ...F0 } " + Numbered("fragment F{0} on Query {{ ...F{1} ...F{1} }} ", 40)
            + "fragment F40 on Query { viewer { mode } }" },
        { "unused fragments", "{ __typename } " + Numbered("fragment F{0} on Query {{ __typename }} ", 200) },
        { "directive flood", $"{{ viewer {Repeat("@skip(if: false) ", 5_000)} {{ mode }} }}" },
        { "directive flood on a variable", $"query ($a: Int {Repeat("@x ", 5_000)}) {{ __typename }}" },
        { "directive flood on an operation", $"query Q {Repeat("@x ", 5_000)} {{ __typename }}" },
        { "overlapping fields", $"{{ {Repeat("events { nodes { id title slug } } ", 690)} }}" },
        { "overlapping arguments", $"{{ {Numbered("event(id: \"{0}\") {{ id }} ", 900)} }}" },
        { "variable flood", $"query ({Numbered("$v{0}: Int ", 10_000)}) {{ __typename }}" },
        { "argument flood", $"{{ event({Numbered("a{0}: 1 ", 10_000)}) {{ id }} }}" },
        { "many operations", Numbered("query Q{0} {{ __typename }} ", 2_000) },
        { "broken", "{ events { " },
        { "no operation", "fragment F on Query { __typename }" },
        { "empty", "" },
        { "a type", "type Query { a: Int }" },
        { "unknown field", "{ password }" },
        { "subscription", "subscription { events { totalCount } }" },
        { "zero in a literal", "{ event(id: \"a\\u0000b\") { id } }" },
        { "half a pair in a literal", "{ event(id: \"a\\uD83Cb\") { id } }" },
        { "raw control character", "{ event(id: \"a\u0007b\") { id } }" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_hostile_document_is_refused_at_once(string kind, string document)
    {
        var watch = Stopwatch.StartNew();
        var answer = await Org.Test.AskAsync(document);
        Assert.True(
            answer.Status is >= 400 and < 500 && answer.ErrorCode == "validation_error",
            $"{kind}: {answer.Status} {Shorten(answer.Body)}");
        Assert.True(watch.Elapsed < Bound, $"{kind} took {watch.Elapsed}.");
        Assert.True(answer.Body.Length < 16_000, $"{kind}: {answer.Body.Length} characters.");
        AssertAPersonCanActOnIt(answer);
    }

    public static TheoryData<string, string> CostlyDocuments() => new()
    {
        { "equal fields", $"{{ {Repeat("events { nodes { id title slug } } ", 199)} }}" },
        { "equal leaves", $"{{ viewer {{ {Repeat("mode ", 990)} }} }}" },
        { "aliases of one field", $"{{ {Numbered("a{0}: viewer {{ mode }} ", 100)} }}" },
        {
            "equal fragments", "{ events { nodes { ...F } } " + Repeat("...G ", 60)
                + $"}} fragment F on Event {{ {Repeat("id title ", 30)} }} "
                + "fragment G on Query { events { nodes { ...F } } }"
        },
    };

    [Theory]
    [MemberData(nameof(CostlyDocuments))]
    public async Task The_costliest_document_within_the_bounds_is_quick(string kind, string document)
    {
        var watch = Stopwatch.StartNew();
        var answer = await Org.Test.AskAsync(document);
        Assert.True(answer.Status is 200 or 400, $"{kind}: {answer.Status} {Shorten(answer.Body)}");
        Assert.True(watch.Elapsed < Bound, $"{kind} took {watch.Elapsed}.");
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
    public async Task A_body_that_is_no_request_is_refused(string body, int status)
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

    private static string Nested(string open, int times) =>
        $"{{ {Repeat(open, times)} __typename {Repeat("}", times)} }}";

    private static string Repeat(string text, int times) =>
        string.Concat(Enumerable.Repeat(text, times));

    private static string Numbered(string format, int times) =>
        string.Concat(Enumerable.Range(0, times).Select(n => string.Format(
            System.Globalization.CultureInfo.InvariantCulture, format, n, n + 1)));

    private static string Shorten(string text) => text.Length < 500 ? text : text[..500];
}
