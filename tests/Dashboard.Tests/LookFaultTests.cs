namespace Equaticket.Dashboard.Tests;

/// <summary>A look reports a fault even if only one of its views has it.</summary>
[Trait("Category", "Heavy")]
public sealed class LookFaultTests : BrowserTest
{
    private const string Faint = "p { color: #888; background: #777; }";
    private const string NoHeading = "h1 { display: none; }";
    private const string SmallButtons = "button { height: 12px; }";
    private const string Unreachable = "div { height: 20px; overflow: auto; }";

    [Fact]
    public Task A_page_without_faults_is_fine() => AssertFaultsAsync("");

    [Fact]
    public Task A_fault_of_all_views_is_reported_once() =>
        AssertFaultsAsync(Faint, "in Light at 1280: color-contrast");

    [Fact]
    public Task A_fault_of_each_scheme_is_reported_for_each() => AssertFaultsAsync(
        $"{Faint} @media (prefers-color-scheme: dark) {{ p {{ color: #555; background: #444; }} }}",
        "in Light at 1280: color-contrast", "in Dark at 1280: color-contrast");

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    [InlineData(320)]
    public Task A_contrast_that_is_too_low_in_only_one_view_is_reported(int width) => AssertFaultsAsync(
        $"@media (prefers-color-scheme: dark) and (width: {width}px) {{ {Faint} }}",
        $"in Dark at {width}: color-contrast");

    [Theory]
    [InlineData(NoHeading, "page-has-heading-one")]
    [InlineData(Faint, "color-contrast")]
    [InlineData(SmallButtons, "target-size")]
    [InlineData(Unreachable, "scrollable-region-focusable")]
    public async Task A_fault_of_only_one_width_is_reported(string style, string rule)
    {
        foreach (var width in new[] { 1280, 390, 320 })
            await AssertFaultsAsync($"@media (width: {width}px) {{ {style} }}", $"in Light at {width}: {rule}");
    }

    [Fact]
    public Task Content_wider_than_the_screen_is_reported_where_it_is() => AssertFaultsAsync(
        "p { width: 370px; }", "at 320: it is wider than the screen");

    /// <summary>Expects what a look reports about a page with a style, without its details.</summary>
    private async Task AssertFaultsAsync(string style, params string[] expected)
    {
        var page = await OpenAsync("about:blank");
        await page.SetContentAsync(
            $$"""
            <!doctype html>
            <html lang="en">
            <title>Page</title>
            <style>
              html { color: #000; background: #fff; }
              button { display: block; width: 44px; height: 44px; }
              {{style}}
            </style>
            <main>
              <h1>Heading</h1>
              <p>Text</p>
              <button>One</button><button>Two</button>
              <div>A<br>B<br>C<br>D</div>
            </main>
            """);
        var look = new Look(page, Host.Address);
        await look.AtAsync("page");
        var found = look.Faults.Select(fault => fault["page ".Length..].Split(": "));
        Assert.Equal(expected, found.Select(parts => $"{parts[0]}: {parts[1]}"));
    }
}
