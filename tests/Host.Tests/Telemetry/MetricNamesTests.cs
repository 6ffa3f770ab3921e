using System.Text.RegularExpressions;

namespace Equaticket.Host.Tests.Telemetry;

/// <summary>Code, documentation, alerts, and the Grafana dashboard use the same metric names.</summary>
public sealed partial class MetricNamesTests
{
    private const string Page = "docs/operating.md";

    /// <summary>The Prometheus names of metrics by OpenTelemetry name, without the suffixes of histograms.</summary>
    private static readonly Dictionary<string, string> Created = Sources()
        .SelectMany(text => Creation().Matches(text))
        .ToDictionary(found => found.Groups["name"].Value, PrometheusName);

    /// <summary>Names of database roles, which look like those of metrics.</summary>
    private static readonly string Roles = File.ReadAllText(Repository.File("deploy/postgresql/roles.sql"));

    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Repository.File("deploy"), "*", SearchOption.AllDirectories)
        .Where(file => file.Contains("/prometheus/", StringComparison.Ordinal)
            || file.Contains("/grafana/", StringComparison.Ordinal))
        .Append(Repository.File(Page))
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Fact]
    public void The_page_has_every_metric_with_its_name_in_Prometheus() =>
        Assert.All(Created, metric => Assert.Contains(
            $"| `{metric.Key}` | `{metric.Value}` |",
            File.ReadAllText(Repository.File(Page)),
            StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_metric_that_a_file_names_exists(string file)
    {
        var text = File.ReadAllText(Repository.File(file));
        var named = Named().Matches(text).Select(found => Series().Replace(found.Value, "")).ToHashSet();
        Assert.NotEmpty(named);
        named.RemoveWhere(name => Roles.Contains($"'{name}'", StringComparison.Ordinal));
        Assert.Empty(named.Except(Created.Values));
        Assert.Empty(Dotted().Matches(text).Select(found => found.Groups["name"].Value).Except(Created.Keys));
    }

    [Fact]
    public void Alerts_and_the_page_about_them_have_the_same_names()
    {
        var alerts = Alert().Matches(File.ReadAllText(Repository.File("deploy/prometheus/alerts.yml")))
            .Select(found => found.Groups["name"].Value);
        var described = Described().Matches(File.ReadAllText(Repository.File(Page)))
            .Select(found => found.Groups["name"].Value);
        Assert.Equal(alerts, described);
    }

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static string PrometheusName(Match created)
    {
        var name = created.Groups["name"].Value.Replace('.', '_');
        if (created.Groups["rest"].Value.Contains("\"s\"", StringComparison.Ordinal))
            name += "_seconds";
        return created.Groups["kind"].Value == "Counter" ? name + "_total" : name;
    }

    [GeneratedRegex(
        "\\.Create(Observable)?(?<kind>Counter|Gauge|Histogram|UpDownCounter)(<\\w+>)?\\(\\s*"
        + "\"(?<name>equaticket\\.[a-z_.]+)\"(?<rest>[^;]*);", RegexOptions.ExplicitCapture)]
    private static partial Regex Creation();

    [GeneratedRegex(@"\bequaticket_[a-z_]+")]
    private static partial Regex Named();

    [GeneratedRegex("_(bucket|count|sum)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Series();

    [GeneratedRegex(@"`(?<name>equaticket\.[a-z_.]+)` \|", RegexOptions.ExplicitCapture)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^### (?<name>Equaticket\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Described();
}
