using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The actions of users on a page, and what they expect to see.</summary>
internal static class PageSteps
{
    public static ILocator Button(this IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static Task PressAsync(this IPage page, string button) => page.Button(button).ClickAsync();

    public static Task FollowAsync(this IPage page, string link) => page.Link(link).First.ClickAsync();

    public static Task EnterAsync(this IPage page, string label, string text) =>
        page.GetByLabel(label).First.FillAsync(text);

    public static Task ChooseAsync(this IPage page, string label, string option) =>
        page.GetByLabel(label).First.SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Fills in the buyer's details on the checkout page.</summary>
    public static async Task EnterBuyerAsync(this IPage page, string email = "ada@example.com")
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada Lovelace");
        await page.EnterAsync("Email", email);
    }

    public static Task ExpectHeadingAsync(this IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    public static Task ExpectTextAsync(this IPage page, string text) =>
        Expect(page.Locator("body")).ToContainTextAsync(text);

    public static Task ExpectNoTextAsync(this IPage page, string text) =>
        Expect(page.Locator("body")).Not.ToContainTextAsync(text);

    /// <summary>Reloads the page until it contains the text.</summary>
    public static async Task ReloadUntilAsync(this IPage page, string text)
    {
        var (path, seen) = (page.Url, "");
        try
        {
            await Poll.UntilAsync(async () =>
            {
                await page.GotoAsync(path);
                seen = await page.Locator("main").InnerTextAsync();
                return seen.Contains(text, StringComparison.Ordinal);
            });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The page does not say \"{text}\": {seen}");
        }
    }

    /// <summary>Expects the confirmation of the last form to have the focus.</summary>
    public static async Task ExpectDoneAsync(this IPage page, string text)
    {
        await Expect(page.Locator(".done")).ToContainTextAsync(text);
        await Expect(page.Locator(".done")).ToBeFocusedAsync();
    }

    /// <summary>Expects the error summary to have the focus and to link to the field with the error.</summary>
    public static async Task ExpectFaultAsync(this IPage page, string field, string text)
    {
        var summary = page.Locator("[role=alert][autofocus]");
        await Expect(summary).ToContainTextAsync(text);
        await Expect(summary).ToBeFocusedAsync();
        await summary.GetByRole(AriaRole.Link).ClickAsync();
        var blamed = page.Locator($"[id='{field}']");
        await Expect(blamed).ToHaveAttributeAsync("aria-describedby", new Regex("-fault$"));
        await Expect(page.Locator($"[id='{field}-fault']")).ToContainTextAsync(text);
    }

    /// <returns>The text of a secret that is shown only once.</returns>
    public static async Task<string> SecretAsync(this IPage page)
    {
        await Expect(page.Locator(".secret")).ToBeFocusedAsync();
        return (await page.Locator(".secret .copy code").First.InnerTextAsync()).Trim();
    }
}
