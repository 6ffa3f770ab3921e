using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Equaticket.Dashboard.Tests;

/// <summary>
/// Checks pages in light and dark mode, on a large screen, on a phone, and at 400% zoom (320 CSS pixels). Records WCAG
/// 2.2 AA violations, content wider than the screen, requests to other origins, and console messages.
/// </summary>
/// <remarks>If <c>EQUATICKET_SCREENSHOTS</c> is set to a folder, each check also saves a screenshot there.</remarks>
internal sealed class Look
{
    private static readonly int[] Widths = [1280, 390, 320];

    private static readonly string[] Rules =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    /// <summary>The rules whose results depend on colors, which are all that the dark scheme changes.</summary>
    private static readonly string[] RulesOfColors = ["color-contrast", "link-in-text-block"];

    private static readonly (ColorScheme Scheme, string Type, string[] Values)[] Schemes =
        [(ColorScheme.Light, "tag", Rules), (ColorScheme.Dark, "rule", RulesOfColors)];

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("EQUATICKET_SCREENSHOTS");

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <remarks>Pages have no frames, so axe doesn't need a separate page to merge its results.</remarks>
    private const string Check =
        """
        async runOnly => {
          const found = await axe.run({ runOnly, resultTypes: ['violations'] });
          return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(node => node.html).join(' ')}`);
        }
        """;

    private const string Excess =
        """
        () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
          .filter(one => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll, pre'))
          .map(one => `it is wider than the screen: ${one.outerHTML.slice(0, 120)}`).slice(0, 3)
        """;

    private readonly IPage _page;
    private readonly List<string> _faults = [];

    /// <param name="page">The browser page.</param>
    /// <param name="home">The origin of the host.</param>
    /// <param name="other">Another URL prefix that pages may load from.</param>
    public Look(IPage page, Uri home, string other = "data:")
    {
        _page = page;
        page.Console += (_, message) =>
        {
            // The browser reports the status of an error page.
            if (!message.Text.Contains("the server responded with a status of", StringComparison.Ordinal))
                _faults.Add($"{page.Url}: {message.Text}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(home.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith(other, StringComparison.Ordinal))
                _faults.Add($"{page.Url} loads {request.Url}");
        };
    }

    /// <summary>Opens a path and checks the page.</summary>
    public async Task AtAsync(string name, string path)
    {
        await _page.GotoAsync(path);
        await AtAsync(name);
    }

    /// <summary>Checks the open page.</summary>
    public async Task AtAsync(string name)
    {
        await _page.EvaluateAsync(Axe);
        foreach (var (scheme, type, values) in Schemes)
        {
            await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in Widths)
            {
                await _page.SetViewportSizeAsync(width, 900);
                foreach (var fault in await _page.EvaluateAsync<string[]>(Check, new { type, values }))
                    _faults.Add($"{name} in {scheme} at {width}: {fault}");
                foreach (var fault in await _page.EvaluateAsync<string[]>(Excess))
                    _faults.Add($"{name} at {width}: {fault}");
                await TakePictureAsync($"{name}-{scheme}-{width}.png");
            }
        }

        await _page.SetViewportSizeAsync(Widths[0], 900);
    }

    public void AssertFine() => Assert.True(_faults.Count == 0, string.Join('\n', _faults.Distinct()));

    private async Task TakePictureAsync(string file)
    {
        if (Pictures is not null)
            await _page.ScreenshotAsync(new() { Path = Path.Join(Pictures, file), FullPage = true });
    }
}
