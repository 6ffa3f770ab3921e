using System.Net;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Webhooks in a real browser, with an endpoint that responds as the test configures.</summary>
[Trait("Category", "Tools")]
public sealed class WebhookBrowserTests : BrowserTest
{
    /// <summary>
    /// A host that can reach loopback, and gives up after a second attempt, one second after the first.
    /// </summary>
    private static readonly Lazy<Task<TestHost>> OnLoopback = new(() => TestHost.StartAsync(
        configure: builder => builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings("1s"))));

    private WebhookReceiver _receiver = null!;

    private string Webhooks => $"{Live}/settings/developer/webhooks";

    protected override Task<TestHost> HostAsync() => OnLoopback.Value;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_webhook_is_added_and_shows_the_request_and_response_of_an_example(bool hasScripts)
    {
        _receiver.Answer = (_, http) => http.Response.WriteAsync("thank you");
        var page = await OpenAsAsync(Role.Admin, Webhooks, hasScripts);
        await page.FollowAsync("Add webhook");
        await page.EnterAsync("URL", $"{_receiver.Address}hook");
        await page.GetByLabel("order.created").CheckAsync();
        await page.PressAsync("Add webhook");
        Assert.StartsWith("whsec_", await page.SecretAsync(), StringComparison.Ordinal);
        await page.FollowAsync("Done");
        await page.PressAsync("Send example");
        await page.ExpectDoneAsync("An example message was sent");
        await page.ReloadUntilAsync("100% of 1 succeeded");
        await page.FollowAsync("webhook.ping");
        await page.ExpectHeadingAsync("webhook.ping");
        await Expect(page.Locator("pre.message").First).ToContainTextAsync("\"type\":\"webhook.ping\"");
        await Expect(page.Locator("pre.message").Last).ToContainTextAsync("thank you");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_delivery_says_why_and_is_redelivered(bool hasScripts)
    {
        _receiver.AnswerWith(HttpStatusCode.InternalServerError);
        var page = await OpenFailedAsync(hasScripts);
        await page.FollowAsync("webhook.ping");
        await Expect(page.Locator("section.card .tag.bad", new() { HasText = "500" })).ToHaveCountAsync(2);
        _receiver.AnswerWith(HttpStatusCode.OK);
        await page.PressAsync("Redeliver");
        await page.ExpectDoneAsync("The message is being sent again");
        await page.ReloadUntilAsync("succeeded");
        await Expect(page.Locator("section.card")).ToHaveCountAsync(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_failed_deliveries_are_sent_again(bool hasScripts)
    {
        _receiver.AnswerWith(HttpStatusCode.NotFound);
        var page = await OpenFailedAsync(hasScripts);
        _receiver.AnswerWith(HttpStatusCode.OK);
        await page.PressAsync("Redeliver all failed messages");
        await page.ExpectDoneAsync("Failed messages are being sent again");
        await page.ReloadUntilAsync("100% of 1 succeeded");
        await page.ChooseAsync("Status", "failed");
        await page.PressAsync("Filter");
        await page.ExpectTextAsync("No deliveries match.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_webhook_disabled_by_failures_says_so_and_is_enabled_again(bool hasScripts)
    {
        var id = (await Org.Live.CreateWebhookAsync(_receiver.Address)).Id;
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET status = 'disabled', disabled_reason = 'It failed for 3 days.' WHERE id = $1",
            Guid.Parse(id));
        var page = await OpenAsAsync(Role.Admin, Webhooks, hasScripts);
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "disabled" })).ToBeVisibleAsync();
        await page.Locator("tbody th a").ClickAsync();
        await page.ExpectTextAsync("It failed for 3 days.");
        await page.PressAsync("Enable");
        await page.ExpectDoneAsync("The webhook was updated");
        await page.ExpectNoTextAsync("It failed for 3 days.");
        await page.PressAsync("Disable");
        await Expect(page.Button("Enable")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rotated_secret_is_shown_once(bool hasScripts)
    {
        var made = await Org.Live.CreateWebhookAsync(_receiver.Address);
        var page = await OpenAsAsync(Role.Owner, $"{Webhooks}/{made.Id}", hasScripts);
        await page.PressAsync("Rotate secret");
        var secret = await page.SecretAsync();
        Assert.NotEqual((string)made.Json!["secret"]!, secret);
        await page.FollowAsync("Done");
        await page.ExpectNoTextAsync(secret);
        await page.PressAsync("Send example");
        await _receiver.UntilReceivedAsync(1);
        Assert.Equal(2, _receiver.Received[0].Headers["webhook-signature"].Split(' ').Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invalid_URL_shows_its_error_and_keeps_the_input(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Admin, $"{Webhooks}/new", hasScripts);
        await page.EnterAsync("URL", "http://example.com/hook");
        await page.GetByLabel("order.created").CheckAsync();
        await page.EnterAsync("Description", "The till");
        await page.PressAsync("Add webhook");
        await page.ExpectFaultAsync("url", "https");
        await Expect(page.GetByLabel("URL")).ToHaveValueAsync("http://example.com/hook");
        await Expect(page.GetByLabel("order.created")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("The till");
    }

    [Fact]
    public async Task A_webhook_is_deleted_after_the_confirmation_is_typed()
    {
        var made = await Org.Live.CreateWebhookAsync(_receiver.Address);
        var page = await OpenAsAsync(Role.Admin, $"{Webhooks}/{made.Id}");
        await page.EnterAsync("Type \"delete\" to confirm", "remove");
        await page.PressAsync("Delete webhook");
        await page.ExpectFaultAsync("_confirm", "Type \"delete\" to confirm.");
        await page.EnterAsync("Type \"delete\" to confirm", "delete");
        await page.PressAsync("Delete webhook");
        await page.ExpectDoneAsync("The webhook was deleted");
        await page.ExpectTextAsync("No webhooks yet.");
    }

    /// <returns>The page of a webhook with a failed delivery.</returns>
    private async Task<IPage> OpenFailedAsync(bool hasScripts)
    {
        var id = (await Org.Live.CreateWebhookAsync(_receiver.Address)).Id;
        await Org.Live.PingAsync(id);
        var page = await OpenAsAsync(Role.Admin, $"{Webhooks}/{id}", hasScripts);
        await page.ReloadUntilAsync("0% of 1 succeeded");
        return page;
    }
}
