using System.Text.Json;
using System.Xml.Linq;

namespace Equaticket.Host.Tests.Deployment;

/// <summary><c>THIRD-PARTY-LICENSES.md</c> lists every package of the server, with its license.</summary>
public sealed class ThirdPartyTests
{
    private const string Page = "THIRD-PARTY-LICENSES.md";

    /// <summary>Licenses that allow others to run, change, and distribute the server.</summary>
    private static readonly string[] Accepted =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "PostgreSQL", "0BSD", "Unlicense"];

    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Fact]
    public void The_page_lists_every_package_of_the_server_and_its_license()
    {
        var rows = Locked().Select(package => $"| {package.Name} | {package.Version} | {Licence(package)} |").ToList();
        var text = File.ReadAllText(Repository.File(Page));
        var head = text[..text.IndexOf("| Package |", StringComparison.Ordinal)];
        var expected = $"{head}| Package | Version | License |\n|---|---|---|\n{string.Join('\n', rows)}\n";
        var written = Repository.File($"artifacts/{Page}");
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, expected);
        Assert.True(expected == text, $"Read the differences to artifacts/{Page}, and move it over {Page}.");
    }

    [Fact]
    public void Every_license_is_accepted() =>
        Assert.All(Locked(), package => Assert.Contains(Licence(package), Accepted));

    /// <summary>The packages in the lock file of the server.</summary>
    private static IEnumerable<(string Name, string Version)> Locked()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.File("src/Host/packages.lock.json")));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!))
            .Distinct()
            .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static string Licence((string Name, string Version) package)
    {
        var name = package.Name.ToLowerInvariant();
        var folder = Path.Join(Packages, name, package.Version);
        var licence = XDocument.Load(Path.Join(folder, $"{name}.nuspec")).Descendants()
            .SingleOrDefault(element => element.Name.LocalName == "license");
        if (licence is null)
            return "none";
        if ((string?)licence.Attribute("type") == "expression")
            return licence.Value;
        return File.ReadAllText(Path.Join(folder, licence.Value)) switch
        {
            var text when text.Contains("Apache License", StringComparison.Ordinal) => "Apache-2.0",
            var text when text.Contains("MIT License", StringComparison.Ordinal) => "MIT",
            _ => "in a file",
        };
    }
}
