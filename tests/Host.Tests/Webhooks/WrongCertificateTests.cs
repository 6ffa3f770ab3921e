using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>An endpoint with an invalid certificate receives nothing, and the delivery shows its owner why.</summary>
public sealed class WrongCertificateTests : WebhookTest
{
    [Theory]
    [InlineData("127.0.0.1", "UntrustedRoot")]
    [InlineData("other.example", "RemoteCertificateNameMismatch")]
    public async Task An_attempt_fails_with_the_reason_why_the_certificate_is_invalid(string name, string reason)
    {
        using var certificate = SelfSigned.CertificateFor(name);
        await using var endpoint = await WebhookReceiver.StartAsync(certificate);
        Assert.Equal("https", endpoint.Address.Scheme);
        await ChangeWebhookAsync(new { url = endpoint.Address });
        var delivery = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        var attempt = delivery["attempts"]![0]!;
        Assert.Null(attempt["response_status"]);
        Assert.StartsWith("TLS failed: ", (string?)attempt["error"], StringComparison.Ordinal);
        Assert.Contains(reason, (string?)attempt["error"], StringComparison.Ordinal);
        Assert.Equal("pending", (string?)delivery["status"]);
        Assert.Empty(endpoint.Received);
    }
}
