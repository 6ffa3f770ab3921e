using System.Text.Json;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>The host's verdict on a request matches that of the reference engine.</summary>
[Trait("Category", "Tools")]
public sealed class VerdictTests : ApiTest
{
    private const int Seed = 20_260_915;
    private const int Count = 3_000;

    /// <summary>As JSON writes the quotes around a block string.</summary>
    private const string BlockQuote = """\u0022\u0022\u0022""";

    /// <summary>The messages of what the host refuses and graphql-js accepts, each with the reason.</summary>
    private static readonly (string Message, string Reason)[] Known =
    [
        ("This cannot be cleared.", "A patch may leave out what must have a value."),
        ("This must not contain duplicates.", "`@set`"),
        ("This must be between", "`@range`"),
        ("This cursor is invalid.", "`@format`"),
        ("Expected Name, found }", "An empty selection is none by the specification of October 2021."),
        ("must have exactly one root field", "One transaction has one effect; clients write a field once."),
        ("as its object's only field", "graphql-js overlooks `@oneOf` where the object must not be null."),
    ];

    [Fact]
    public async Task Every_verdict_matches_graphql_js()
    {
        var requests = Requests();
        var expected = await AskGraphQLJsAsync(requests);
        List<string> differences = [];
        foreach (var (request, said) in requests.Zip(expected))
        {
            var verdict = await DocumentVerdict.OfAsync(Host, request);
            if (!said.StartsWith(verdict.Kind, StringComparison.Ordinal)
                && !IsKnown(verdict, said) && !IsBlockString(request))
                differences.Add($"{verdict.Kind}: {string.Join(' ', verdict.Reasons)}\n{said}\n{request}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count}\n{string.Join("\n\n", differences.Take(20))}");
        var kinds = expected.CountBy(said => said.Split(':')[0]).ToDictionary();
        Assert.True(
            kinds.Count == 3 && kinds.Values.All(count => count >= Count / 30), string.Join(", ", kinds));
    }

    private List<string> Requests()
    {
        var random = new Random(Seed);
        var schema = Host.Get<ISchema>();
        return
        [
            .. Enumerable.Range(0, Count).Select(_ => new DocumentGenerator(schema, random).Make()),
            .. RareDocuments.All.Select(query => JsonSerializer.Serialize(new { query, variables = new { } })),
        ];
    }

    private static async Task<string[]> AskGraphQLJsAsync(IEnumerable<string> requests)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"[{string.Join(",\n", requests)}]");
            var said = await NodeFolder.GraphQLJs.RunAsync("verdicts.mjs", Repository.File("schema.graphql"), file);
            return JsonSerializer.Deserialize<string[]>(said)!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// A string and a block string with the same text are the same value, but graphql-js distinguishes them by how they
    /// are written.
    /// </summary>
    private static bool IsBlockString(string request) => request.Contains(BlockQuote, StringComparison.Ordinal);

    private static bool IsKnown(DocumentVerdict verdict, string said) =>
        !said.StartsWith("invalid", StringComparison.Ordinal)
        && verdict.Reasons.Count > 0
        && verdict.Reasons.All(reason => Known.Any(known =>
            reason.Contains(known.Message, StringComparison.Ordinal)));
}
