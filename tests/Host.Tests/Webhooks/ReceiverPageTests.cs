using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Equaticket.Host.Tests.Webhooks.Receivers;
using Equaticket.Schema.Webhooks.Sending;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The receivers in <c>docs/webhooks.md</c> behave as the page describes.</summary>
[Trait("Category", "Tools")]
public sealed class ReceiverPageTests : WebhookTest
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs/webhooks.md"));

    private string Secret => (string)Webhook.Json!["secret"]!;

    [Theory]
    [InlineData("csharp", "tests/Host.Tests/Webhooks/Receivers/EquaticketWebhooks.cs")]
    [InlineData("ts", "tests/Host.Tests/webhook-tools/receiver.ts")]
    [InlineData("python", "tests/Host.Tests/webhook-tools/receiver.py")]
    public void The_page_shows_the_receivers_that_are_compiled_and_run_here(string language, string file)
    {
        Assert.Contains(
            $"```{language}\n{File.ReadAllText(Repository.File(file))}```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_in_CSharp_does_what_the_page_says()
    {
        var handled = new ConcurrentQueue<string>();
        await using var app = await StartAsync(body =>
        {
            handled.Enqueue((string)JsonNode.Parse(body)!["id"]!);
            return Task.CompletedTask;
        });
        await AssertReceivesAsync(new Uri(app.Urls.Single()));
        Assert.Equal(2, handled.Count);
    }

    [Fact]
    public async Task The_receiver_in_CSharp_never_handles_a_message_twice_concurrently()
    {
        var (isHandling, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await StartAsync(_ =>
        {
            isHandling.SetResult();
            return mayEnd.Task;
        });
        var (target, message) = (new Uri(app.Urls.Single()), Signed("evt_1", "{}"));
        var first = SendAsync(target, message);
        await isHandling.Task;
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(target, message));
        mayEnd.SetResult();
        Assert.Equal(HttpStatusCode.NoContent, await first);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, message));
    }

    [Fact]
    public async Task The_receiver_in_TypeScript_does_what_the_page_says()
    {
        await ToolFolder.Webhooks.CompileAsync();
        await AssertReceivesAsync("node", "generated/receiver.js");
    }

    [Fact]
    public Task The_receiver_in_Python_does_what_the_page_says() =>
        AssertReceivesAsync("python3", "receiver.py");

    private async Task<WebApplication> StartAsync(Func<string, Task> handle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        new EquaticketWebhooks(Secret, TimeProvider.System).Map(app, "/", handle);
        await app.StartAsync();
        return app;
    }

    private async Task AssertReceivesAsync(string program, string script)
    {
        using var receiver = ToolFolder.Webhooks.Start(
            "env", $"WEBHOOK_SECRET={Secret}", "PORT=0", program, script);
        try
        {
            var port = (await receiver.StandardOutput.ReadLineAsync())!.Split(' ')[^1];
            await AssertReceivesAsync(new Uri($"http://127.0.0.1:{port}/"));
        }
        finally
        {
            receiver.Kill();
        }

        var printed = await receiver.StandardOutput.ReadToEndAsync();
        Assert.Equal(2, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>
    /// Sends a delivery as it arrived, then again, then modified, then with a wrong signature, and then as a replay
    /// attack would send it. Then sends a message on which the handler fails the first time. Two messages are handled.
    /// </summary>
    private async Task AssertReceivesAsync(Uri target)
    {
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(1);
        var sent = Endpoint.Received[0];
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, sent));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, sent));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(target, sent with { Body = "{}" }));
        foreach (var signature in new[] { "", "v1,", "v1,\u00e9", $"v1,{new string('A', 44)}" })
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await SendAsync(target, With(sent, "webhook-signature", signature)));
        }

        var old = $"{sent.ReceivedAt.ToUnixTimeSeconds() - 301}";
        Assert.Equal(
            HttpStatusCode.Unauthorized, await SendAsync(target, With(sent, "webhook-timestamp", old)));

        Assert.Equal(
            HttpStatusCode.InternalServerError, await SendAsync(target, Signed("evt_1", "no JSON")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, Signed("evt_1", sent.Body)));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(target, Signed("evt_1", sent.Body)));
    }

    private ReceivedWebhook Signed(string id, string body)
    {
        var (now, key) = (TimeProvider.System.GetUtcNow(), Secret["whsec_".Length..]);
        var timestamp = now.ToUnixTimeSeconds();
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = $"{timestamp}",
            ["webhook-signature"] = WebhookSignature.Of(
                id, timestamp, Encoding.UTF8.GetBytes(body), [Convert.FromBase64String(key)]),
        };
        return new ReceivedWebhook("/", headers, body, now);
    }

    private static ReceivedWebhook With(ReceivedWebhook message, string header, string value) =>
        message with
        {
            Headers = new Dictionary<string, string>(message.Headers, StringComparer.OrdinalIgnoreCase)
            {
                [header] = value,
            },
        };

    private static async Task<HttpStatusCode> SendAsync(Uri target, ReceivedWebhook message)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)),
        };
        foreach (var name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
            request.Headers.TryAddWithoutValidation(name, message.Headers[name]);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
