using System.Text.Json;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>What the reference engine says of a request, the host says too.</summary>
public sealed class VerdictTests : ApiTest
{
    private const int Seed = 20_260_915;
    private const int Count = 4_000;

    /// <summary>What the host refuses and graphql-js does not know, by the message.</summary>
    private static readonly (string Message, string Reason)[] Known =
    [
    ];

    [Fact]
    public async Task Every_verdict_is_that_of_graphql_js()
    {
        var requests = Requests();
        var expected = await AskGraphQLJsAsync(requests);
        List<string> differences = [];
        foreach (var (request, said) in requests.Zip(expected))
        {
            var verdict = await DocumentVerdict.OfAsync(Host, request);
            if (!said.StartsWith(verdict.Kind, StringComparison.Ordinal) && !IsKnown(verdict, said))
                differences.Add($"{verdict.Kind}: {string.Join(' ', verdict.Reasons)}\n{said}\n{request}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count}\n{string.Join("\n\n", differences.Take(20))}");
        foreach (var kind in new[] { "accepted", "invalid", "refused" })
            Assert.InRange(expected.Count(said => said.StartsWith(kind, StringComparison.Ordinal)), Count / 10, Count);
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

    private static bool IsKnown(DocumentVerdict verdict, string said) =>
        said.StartsWith("accepted", StringComparison.Ordinal)
        && verdict.Reasons.All(reason => Known.Any(known =>
            reason.Contains(known.Message, StringComparison.Ordinal)));
}
