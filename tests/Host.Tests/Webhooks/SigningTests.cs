using System.Text.Json;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The libraries that receivers use verify the signatures.</summary>
[Trait("Category", "Tools")]
public sealed class SigningTests : WebhookTest
{
    [Fact]
    public async Task The_libraries_verify_before_during_and_after_a_rotation()
    {
        var old = (string)Webhook.Json!["secret"]!;
        var before = await PingedAsync();
        var current = (string)(await RotateAsync()).Json!["secret"]!;
        var during = await PingedAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET previous_secret_expires_at = now() WHERE id = $1",
            Guid.Parse(Webhook.Id));
        var after = await PingedAsync();

        Assert.Equal(
            ["true true", "false false", "true true", "true true", "false false", "true true"],
            await VerifyAsync(
                (old, before), (current, before),
                (old, during), (current, during),
                (old, after), (current, after)));
    }

    [Fact]
    public async Task The_libraries_refuse_messages_that_were_modified_in_transit()
    {
        var secret = (string)Webhook.Json!["secret"]!;
        var sent = await PingedAsync();
        var body = sent with { Body = sent.Body.Replace("ping", "pong", StringComparison.Ordinal) };
        var id = sent with
        {
            Headers = new Dictionary<string, string>(sent.Headers) { ["webhook-id"] = "evt_other" },
        };
        Assert.Equal(["true true", "false false", "false false"], await VerifyAsync(
            (secret, sent), (secret, body), (secret, id)));
    }

    private async Task<ReceivedWebhook> PingedAsync()
    {
        var count = Endpoint.Received.Count;
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(count + 1);
        return Endpoint.Received[count];
    }

    /// <returns>For each message, whether standardwebhooks and svix verify it.</returns>
    private static async Task<string[]> VerifyAsync(
        params (string Secret, ReceivedWebhook Message)[] messages)
    {
        var lines = messages.Select(m => JsonSerializer.Serialize(
            new { secret = m.Secret, headers = Lower(m.Message.Headers), body = m.Message.Body }));
        var output = await ToolFolder.Webhooks.RunAsync("verify.mjs", string.Join('\n', lines));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Dictionary<string, string> Lower(IReadOnlyDictionary<string, string> headers) =>
        headers.ToDictionary(
            header => header.Key.ToLowerInvariant(), header => header.Value);
}
