using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Equaticket.Host.Tests.Sample;

/// <summary>The commands in the sample's README.</summary>
public sealed partial class WebSampleReadmeTests
{
    [Fact]
    public void Every_script_that_it_names_exists()
    {
        var named = Script().Matches(Read("README.md")).Select(match => match.Groups[1].Value).ToHashSet();
        var scripts = JsonNode.Parse(Read("package.json"))!["scripts"]!;
        Assert.Superset(new HashSet<string> { "build", "dev", "generate" }, named);
        Assert.All(named, name => Assert.NotNull(scripts[name]));
    }

    private static string Read(string file) => File.ReadAllText(Path.Join(WebSample.Folder, file));

    [GeneratedRegex("npm run ([a-z:-]+)")]
    private static partial Regex Script();
}
