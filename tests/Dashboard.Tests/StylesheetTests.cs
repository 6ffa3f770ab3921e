using System.Text.RegularExpressions;

namespace Equaticket.Dashboard.Tests;

/// <summary>What <see cref="Look"/> relies on when it checks sizes in only one scheme.</summary>
public sealed partial class StylesheetTests
{
    public static TheoryData<string> Stylesheets =>
        [.. Directory.EnumerateFiles(Repository.File("src/Dashboard/assets"), "*.css")
            .Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Stylesheets))]
    public async Task The_dark_scheme_changes_only_colors(string file)
    {
        var styles = await File.ReadAllTextAsync(Repository.File($"src/Dashboard/assets/{file}"));
        Assert.Equal(Scheme().Count(styles), DarkColors().Count(styles));
    }

    /// <summary>Everything that can tell one scheme from the other.</summary>
    [GeneratedRegex(@"prefers-color-scheme|light-dark\(")]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"@media \(prefers-color-scheme: dark\) \{\s*:root \{(\s*--[a-z-]+: #[0-9a-f]{3,8};)+\s*\}\s*\}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DarkColors();
}
