using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Equaticket.Host.Tests.Deployment;

/// <summary>The files in <c>deploy</c> are well-formed and match the server.</summary>
public sealed partial class DeploymentFilesTests
{
    /// <summary>The page that documents every setting of the server.</summary>
    private static readonly string Documented = File.ReadAllText(Repository.File("docs/configuration.md"));

    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Repository.File("deploy"), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_in_a_file_is_documented(string file) => Assert.All(
        Setting().Matches(File.ReadAllText(Repository.File(file))).Select(found => found.Value).Distinct(),
        name => Assert.Contains($"`{name}`", Documented, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_described(string file)
    {
        var name = Path.GetRelativePath("deploy", file);
        var isInFolder = name.Contains('/', StringComparison.Ordinal);
        var folder = isInFolder ? $"`{name.Split('/')[0]}/" : $"`{name.Split('.')[0]}";
        if (name is not "README.md")
            Assert.Contains(folder, File.ReadAllText(Repository.File("deploy/README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Services_get_more_time_to_stop_than_the_server_takes()
    {
        foreach (var (file, pattern) in new[]
        {
            ("deploy/kubernetes/equaticket.yaml", @"terminationGracePeriodSeconds: (\d+)"),
            ("deploy/systemd/equaticket.service", @"TimeoutStopSec=(\d+)"),
            ("deploy/compose.yaml", @"stop_grace_period: (\d+)s"),
        })
        {
            var text = File.ReadAllText(Repository.File(file));
            Assert.Equal(10, Number(text, @"Shutdown__DrainSeconds\D+(\d+)"));
            Assert.Equal(10 + 30 + 10, Number(text, pattern));
        }
    }

    [Fact]
    public void A_load_balancer_notices_a_draining_server_before_it_stops_listening()
    {
        var haproxy = File.ReadAllText(Repository.File("deploy/haproxy/haproxy.cfg"));
        Assert.InRange(Number(haproxy, @"inter (\d+)s") * Number(haproxy, @"fall (\d+)"), 1, 9);
        var readiness = File.ReadAllText(Repository.File("deploy/kubernetes/equaticket.yaml"))
            .Split("readinessProbe:")[1];
        Assert.InRange(
            Number(readiness, @"periodSeconds: (\d+)") * Number(readiness, @"failureThreshold: (\d+)"), 1, 9);
    }

    [Fact]
    public void The_Grafana_dashboard_is_JSON_with_a_query_in_each_panel()
    {
        var panels = JsonNode.Parse(File.ReadAllText(Repository.File("deploy/grafana/equaticket.json")))!["panels"]!;
        Assert.NotEmpty(panels.AsArray());
        Assert.All(panels.AsArray(), panel => Assert.NotEmpty((string)panel!["targets"]![0]!["expr"]!));
    }

    [Fact]
    public void Every_YAML_file_parses()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.File("deploy"), "*.y*ml", SearchOption.AllDirectories))
        {
            using var text = File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(text);
            Assert.All(stream.Documents, document => Assert.IsType<YamlMappingNode>(document.RootNode));
        }
    }

    [Fact]
    [Trait("Category", "Tools")]
    public async Task HAProxy_accepts_its_file()
    {
        var program = File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy";
        await RunAsync(program, ["-c", "-f", "deploy/haproxy/haproxy.cfg"]);
    }

    private static int Number(string text, string pattern) =>
        int.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task RunAsync(string program, string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo(program, options)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync() + await output;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Za-z_0-9]+\b|\bEQUATICKET_\w+|\bASPNETCORE_\w+|\bOTEL_\w+")]
    private static partial Regex Setting();
}
