using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The examples in the OpenAPI document are responses that tests recorded.</summary>
public sealed class ExamplesTests
{
    private const string Refresh = "EQUATICKET_REFRESH_EXAMPLES";

    private static readonly string Folder = Repository.File("src/RestFacade/OpenApi/Examples");

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Every_example_is_a_snapshot()
    {
        foreach (var seen in SnapshotExamples.Read())
        {
            if (seen.Any(example => JsonNode.DeepEquals(example, Committed(seen.Key))))
                continue;
            if (Environment.GetEnvironmentVariable(Refresh) is null)
            {
                Assert.Fail($"The example {seen.Key}.json is in no snapshot. Run the tests with "
                    + $"{Refresh}=1, then ./equaticket openapi export openapi.json.");
            }

            File.WriteAllText(FileOf(seen.Key), seen.First().ToJsonString(Indented) + "\n");
        }
    }

    private static JsonNode? Committed(string name) =>
        File.Exists(FileOf(name)) ? JsonNode.Parse(File.ReadAllText(FileOf(name))) : null;

    private static string FileOf(string name) => Path.Join(Folder, $"{name}.json");
}
