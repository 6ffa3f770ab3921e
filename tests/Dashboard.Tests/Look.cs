using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Equaticket.Dashboard.Tests;

/// <summary>
/// Checks pages in light and dark mode, on a large screen, on a phone, and at 400% zoom (320 CSS pixels). Records WCAG
/// 2.2 AA violations, content wider than the screen, requests to other origins, and console messages.
/// </summary>
/// <remarks>
/// <para>
/// Of the six views, those that show other elements than the ones before get all rules. The others differ at most in
/// colors and sizes, and get only the rules that depend on these: <see cref="LookFaultTests"/> has a fault for each.
/// </para>
/// <para>If <c>EQUATICKET_SCREENSHOTS</c> is set to a folder, each view is also saved there as a picture.</para>
/// </remarks>
internal sealed class Look
{
    private static readonly int[] Widths = [1280, 390, 320];

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private static readonly string[] Rules =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string[] RulesOfColors = ["color-contrast", "link-in-text-block"];

    private static readonly string[] RulesOfSizes = ["scrollable-region-focusable", "target-size"];

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("EQUATICKET_SCREENSHOTS");

    /// <summary>Gives a document axe, which only a document that is checked then runs.</summary>
    private static readonly string Axe = $"window.loadAxe = () => {{ {new BundledAxeScriptProvider().GetScript()} }};";

    /// <remarks>Pages have no frames, so axe doesn't need a separate page to merge its results.</remarks>
    private const string Check =
        """
        async runOnly => {
          if (!window.axe) loadAxe();
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

    /// <summary>
    /// Returns the document with which of its elements are visible, and what decides about their contrast.
    /// </summary>
    private const string View =
        """
        () => {
          const [visible, colors] = [[], []];
          for (const one of document.querySelectorAll('body, body *')) {
            const [style, box] = [getComputedStyle(one), one.getBoundingClientRect()];
            visible.push(one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
              && box.width > 1 && box.height > 1 && box.right + scrollX > 0 && box.bottom + scrollY > 0 ? 1 : 0);
            const isLarge = parseFloat(style.fontSize) >= (style.fontWeight < 700 ? 24 : 18.5);
            colors.push(style.color, style.backgroundColor, style.backgroundImage, style.opacity,
              style.textDecorationLine, isLarge);
          }
          return [document.documentElement.outerHTML + visible.join(''), colors.join()];
        }
        """;

    private readonly IPage _page;
    private readonly List<string> _faults = [];
    private bool _hasAxe;

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

    /// <summary>What was recorded so far.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Distinct()];

    /// <summary>Opens a path and checks the page.</summary>
    public async Task AtAsync(string name, string path)
    {
        if (!_hasAxe)
            await AddAxeAsync();
        await _page.GotoAsync(path);
        await AtAsync(name);
    }

    /// <summary>Checks the open page.</summary>
    public async Task AtAsync(string name)
    {
        if (!_hasAxe)
        {
            await AddAxeAsync();
            await _page.EvaluateAsync(Axe);
        }

        var seen = new HashSet<string>();
        foreach (var width in Widths)
        {
            await _page.SetViewportSizeAsync(width, 900);
            await RecordAsync($"{name} at {width}", Excess);
            foreach (var scheme in Schemes)
            {
                await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
                if (await RulesAsync(seen, width) is { Length: > 0 } rules)
                    await RecordAsync($"{name} in {scheme} at {width}", Check, rules);
                await TakePictureAsync($"{name}-{scheme}-{width}.png");
            }
        }

        await _page.SetViewportSizeAsync(Widths[0], 900);
    }

    public void AssertFine() => Assert.True(_faults.Count == 0, string.Join('\n', Faults));

    /// <summary>Adds axe to the next documents. The browser compiles it only once.</summary>
    private Task AddAxeAsync()
    {
        _hasAxe = true;
        return _page.AddInitScriptAsync(Axe);
    }

    /// <returns>The rules that the current view needs after those seen before.</returns>
    private async Task<string[]> RulesAsync(HashSet<string> seen, int width)
    {
        var view = await _page.EvaluateAsync<string[]>(View);
        var (isNew, isRecolored, isResized) = (seen.Add(view[0]), seen.Add(string.Concat(view)), seen.Add($"{width}"));
        return isNew ? Rules : [.. isRecolored ? RulesOfColors : [], .. isResized ? RulesOfSizes : []];
    }

    private async Task RecordAsync(string place, string script, string[]? rules = null)
    {
        foreach (var fault in await _page.EvaluateAsync<string[]>(script, rules))
            _faults.Add($"{place}: {fault}");
    }

    private async Task TakePictureAsync(string file)
    {
        if (Pictures is not null)
            await _page.ScreenshotAsync(new() { Path = Path.Join(Pictures, file), FullPage = true });
    }
}
