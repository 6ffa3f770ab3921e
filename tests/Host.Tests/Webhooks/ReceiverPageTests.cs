using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Equaticket.Host.Tests.Webhooks.Receivers;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The receivers of <c>docs/webhooks.md</c> do what the page says, word for word.</summary>
public sealed partial class ReceiverPageTests : WebhookTest
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs/webhooks.md"));

    [Theory]
    [InlineData("csharp", "tests/Host.Tests/Webhooks/Receivers/EquaticketWebhooks.cs")]
    [InlineData("ts", "tests/Host.Tests/webhook-tools/receiver.ts")]
    public void The_page_shows_the_receivers_that_are_compiled_and_run_here(string language, string file)
    {
        var block = Block().Matches(Page).Single(match => match.Groups["language"].Value == language);
        Assert.Equal(File.ReadAllText(Repository.File(file)), block.Groups["code"].Value);
    }

    [Fact]
    public async Task The_receiver_in_CSharp_verifies_refuses_replays_and_dedupes()
    {
        var handled = new List<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        new EquaticketWebhooks((string)Webhook.Json!["secret"]!, TimeProvider.System).Map(app, "/", body =>
        {
            handled.Add(body);
            return Task.CompletedTask;
        });
        await app.StartAsync();
        await AssertReceivesAsync(new Uri(app.Urls.Single()), () => handled.Count);
    }

    [Fact]
    public async Task The_receiver_in_TypeScript_verifies_refuses_replays_and_dedupes()
    {
        using var compiler = WebhookTools.Start("node", "node_modules/typescript/bin/tsc");
        var faults = await compiler.StandardOutput.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        Assert.True(compiler.ExitCode == 0, faults);
        using var receiver = WebhookTools.Start(
            "env", $"WEBHOOK_SECRET={Webhook.Json!["secret"]}", "PORT=0", "node", "generated/receiver.js");
        try
        {
            var port = (await receiver.StandardOutput.ReadLineAsync())!.Split(' ')[^1];
            await AssertReceivesAsync(new Uri($"http://127.0.0.1:{port}/"), handled: null);
        }
        finally
        {
            receiver.Kill();
        }

        var printed = await receiver.StandardOutput.ReadToEndAsync();
        Assert.Single(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Sends a delivery as it came, once more, changed, and as a replay would send it.</summary>
    private async Task AssertReceivesAsync(Uri target, Func<int>? handled)
    {
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(1);
        var sent = Endpoint.Received[0];
        var old = sent with
        {
            Headers = new Dictionary<string, string>(sent.Headers, StringComparer.OrdinalIgnoreCase)
            {
                ["webhook-timestamp"] = $"{sent.ReceivedAt.ToUnixTimeSeconds() - 301}",
            },
        };
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, sent));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, sent));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(target, sent with { Body = "{}" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(target, old));
        if (handled is not null)
            Assert.Equal(1, handled());
    }

    private static async Task<HttpStatusCode> SendAsync(Uri target, ReceivedWebhook message)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)),
        };
        foreach (var name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
            request.Headers.Add(name, message.Headers[name]);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex("```(?<language>\\w+)\\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
