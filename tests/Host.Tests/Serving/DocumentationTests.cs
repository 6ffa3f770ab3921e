using System.Globalization;
using System.Text.RegularExpressions;
using Equaticket.Engine.Federation;
using Equaticket.Host.GraphQL;
using Equaticket.Host.Hosting;
using Equaticket.Host.Load;
using Equaticket.Host.RateLimiting;
using Equaticket.Host.Telemetry;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Webhooks;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The user documentation is complete, and its links work.</summary>
public sealed partial class DocumentationTests
{
    private const int MaxReadmeBytes = 8 * 1024;

    private static readonly (string Section, object Defaults)[] Options =
    [
        (EmailOptions.Section, new EmailOptions()),
        (GraphQLOptions.Section, new GraphQLOptions()),
        (GraphQLOptions.Section, new SubgraphOptions()),
        (LoadOptions.Section, new LoadOptions()),
        (MetricsOptions.Section, new MetricsOptions()),
        (RateLimitOptions.Section, new RateLimitOptions()),
        (ShutdownOptions.Section, new ShutdownOptions()),
        (StripeOptions.Section, new StripeOptions()),
        (WebhookOptions.Section, new WebhookOptions()),
    ];

    public static TheoryData<string> Pages => [.. Files().Select(file => Path.GetRelativePath(Repository.Root, file))];

    public static TheoryData<string, string> Settings
    {
        get
        {
            var settings = new TheoryData<string, string>();
            foreach (var (section, defaults) in Options)
            {
                foreach (var (name, value) in Values(section, defaults))
                    settings.Add(name, value);
            }

            return settings;
        }
    }

    [Fact]
    public void The_README_has_at_most_8_KB() =>
        Assert.InRange(new FileInfo(Repository.File("README.md")).Length, 1, MaxReadmeBytes);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading(string page)
    {
        var file = Repository.File(page);
        Assert.All(Link().Matches(Prose(file)), link =>
        {
            var (path, anchor) = (link.Groups["path"].Value, link.Groups["anchor"].Value);
            var target = path.Length == 0 ? file : Path.Join(Path.GetDirectoryName(file), path);
            Assert.True(Path.Exists(target), link.Value);
            if (anchor.Length > 0)
                Assert.Contains(anchor, Heading().Matches(Prose(target)).Select(Anchor));
        });
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_configuration_page_has_every_setting_with_its_default(string name, string value)
    {
        var rows = File.ReadLines(Repository.File("docs/configuration.md"))
            .Where(line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal));
        Assert.Contains(value, Assert.Single(rows), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_security_page_names_exists()
    {
        var sources = Directory.EnumerateFiles(Repository.File("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var names = TestName().Matches(File.ReadAllText(Repository.File("docs/security.md")));
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(
            sources[name.Groups["class"].Value],
            source => source.Contains($" {name.Groups["method"].Value}(", StringComparison.Ordinal)
                || name.Groups["method"].Length == 0));
    }

    private static IEnumerable<string> Files() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
        .. Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories),
        Repository.File("samples/web/README.md"),
    ];

    private static IEnumerable<(string Name, string Value)> Values(string section, object defaults) =>
        defaults.GetType().GetProperties().SelectMany(property => property.GetValue(defaults) switch
        {
            StripeKeys keys => Values($"{section}__{property.Name}", keys),
            Dictionary<string, int> plans =>
                plans.Select(plan => ($"{section}__{property.Name}__{plan.Key}", Text(plan.Value))),
            var value => [($"{section}__{property.Name}", Text(value))],
        });

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "`true`" : "`false`",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => $"`{value}`",
    };

    /// <summary>A page without its code blocks.</summary>
    private static string Prose(string file) => Code().Replace(File.ReadAllText(file), "");

    /// <summary>The anchor that GitHub generates for a heading.</summary>
    private static string Anchor(Match heading) => NotInAnchor()
        .Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
