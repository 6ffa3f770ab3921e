using System.Text.RegularExpressions;
using Equaticket.Engine.Federation;
using Equaticket.Host.GraphQL;
using Equaticket.Host.Hosting;
using Equaticket.Host.RateLimiting;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The settings in <c>docs/configuration.md</c> are the ones that the program reads.</summary>
public sealed partial class SettingsFileTests
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (EmailOptions.Section, typeof(EmailOptions)),
        (GraphQLOptions.Section, typeof(GraphQLOptions)),
        (GraphQLOptions.Section, typeof(SubgraphOptions)),
        (RateLimitOptions.Section, typeof(RateLimitOptions)),
        (ShutdownOptions.Section, typeof(ShutdownOptions)),
        (StripeOptions.Section, typeof(StripeOptions)),
        (WebhookOptions.Section, typeof(WebhookOptions)),
    ];

    public static TheoryData<string, string> LoggingDefaults
    {
        get
        {
            var defaults = new TheoryData<string, string>();
            foreach (var (name, value) in Rows())
            {
                if (name.StartsWith("Logging__", StringComparison.Ordinal))
                    defaults.Add(name, value);
            }

            return defaults;
        }
    }

    public static TheoryData<string> BoundSettings =>
    [
        .. Rows().Select(row => row.Name).Where(name => Array.Exists(
            Sections, known => name.StartsWith($"{known.Section}__", StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(LoggingDefaults))]
    public void The_settings_file_has_the_documented_defaults(string name, string documented)
    {
        var file = EquaticketServer.CreateBuilder().Configuration;
        Assert.Equal(documented.Trim('`'), file[name.Replace("__", ":", StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_settings_file_sets_only_logging()
    {
        var file = new ConfigurationBuilder()
            .AddJsonFile(Path.Join(AppContext.BaseDirectory, "appsettings.json")).Build();
        Assert.Equal(["Logging"], file.GetChildren().Select(section => section.Key));
    }

    [Theory]
    [MemberData(nameof(BoundSettings))]
    public void A_documented_setting_is_one_that_the_program_reads(string name)
    {
        var path = name.Split("__");
        Assert.Contains(
            Sections.Where(known => known.Section == path[0]),
            known => IsRead(Activator.CreateInstance(known.Options), path.AsSpan(1)));
    }

    private static bool IsRead(object? options, ReadOnlySpan<string> path)
    {
        if (options is Dictionary<string, int> numbers)
            return path.Length == 1 && numbers.ContainsKey(path[0]);
        var property = options?.GetType().GetProperty(path[0]);
        return property is { CanWrite: true } or { PropertyType.IsPrimitive: false }
            && (path.Length == 1 || IsRead(property.GetValue(options), path[1..]));
    }

    /// <returns>The settings in the page's tables, with their defaults.</returns>
    private static IEnumerable<(string Name, string Default)> Rows() =>
        from line in File.ReadLines(Repository.File("docs/configuration.md"))
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Split('|')
        from name in Setting().Matches(cells[1])
        select (name.Groups["name"].Value, cells[3].Trim());

    [GeneratedRegex("`(?<name>[A-Za-z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
