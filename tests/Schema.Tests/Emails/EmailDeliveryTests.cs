using Equaticket.Engine.Input;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Tests.Checkout;
using Microsoft.Extensions.Logging;
using SmtpServer.Protocol;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>How queued emails are sent: once, later, or not at all.</summary>
public sealed class EmailDeliveryTests(EmailHost shared) : EmailTest(shared)
{
    [Fact]
    public async Task A_queued_email_is_sent_once()
    {
        await BuyAsync();
        await SendAsync();
        await SendAsync();
        Assert.Single(Mail.Taken);
        Assert.Equal((1, true, false), await QueuedAsync());
    }

    [Fact]
    public async Task Two_hosts_that_send_concurrently_send_each_email_once()
    {
        await using var second = await StartAsync();
        for (var count = 0; count < 20; count++)
            await BuyAsync();
        var deliveries = new[] { Host, second }
            .Select(host => host.Get<EmailDelivery>().RunAsync(CancellationToken.None));
        await Task.WhenAll(deliveries);
        Assert.Equal(20, Mail.Taken.Count);
        Assert.Equal(20, Mail.Taken.DistinctBy(message => message.MessageId).Count());
    }

    [Fact]
    public async Task A_host_sends_in_the_background()
    {
        await using var host = await StartWithJobAsync();
        await BuyAsync();
        await Poll.UntilAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(Mail.Taken.Count == 1);
            });
    }

    [Fact]
    public async Task Test_mode_sends_no_email()
    {
        var eventId = await Org.Test.CreateEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(eventId);
        await Org.Test.PostAsync($"/api/v1/events/{eventId}/publish");
        (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Data();
        await SendAsync();
        Assert.Empty(Mail.Taken);
        Assert.Equal([0L], await Host.QuerySqlAsync<long>("SELECT count(*) FROM queued_emails"));
    }

    [Fact]
    public async Task An_email_that_is_not_accepted_is_sent_later_with_the_same_message_id()
    {
        await BuyAsync();
        Mail.Refusals.Enqueue(new SmtpResponse(SmtpReplyCode.InsufficientStorage, "later"));
        await SendAsync();
        Assert.Equal((1, false, true), await QueuedAsync());
        await SendAsync();
        Assert.Equal((1, false, true), await QueuedAsync());

        Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync();
        Assert.Equal((2, true, false), await QueuedAsync());
        var id = (await Host.QuerySqlAsync<Guid>("SELECT id FROM queued_emails")).Single();
        Assert.Equal($"{id}@equaticket.example", Assert.Single(Mail.Taken).MessageId);
    }

    [Fact]
    public async Task An_email_that_is_never_accepted_is_abandoned_after_nine_attempts()
    {
        await BuyAsync();
        for (var count = 0; count < 9; count++)
        {
            Mail.Refusals.Enqueue(new SmtpResponse(SmtpReplyCode.InsufficientStorage, "later"));
            Clock.Advance(TimeSpan.FromHours(24));
            await SendAsync();
        }

        Assert.Equal((9, false, false), await QueuedAsync());
        Assert.Single(Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task An_undeliverable_email_is_abandoned_immediately_and_does_not_delay_others()
    {
        Mail.Unknown.Add("gone@example.com");
        await BuyAsync(email: "gone@example.com");
        await SendAsync();
        Assert.Equal((1, false, false), await QueuedAsync());
        await BuyAsync();
        await SendAsync();
        Assert.Single(Mail.Taken);
        Assert.DoesNotContain(
            Log.Lines, line => line.Text.Contains("gone@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unavailable_mail_server_uses_up_an_attempt_of_only_one_email()
    {
        await using var away = await StartAsync(("Email:SmtpPort", "9"));
        for (var count = 0; count < 3; count++)
            await BuyAsync();
        await away.Get<EmailDelivery>().RunAsync(CancellationToken.None);
        Assert.Equal(
            [1L], await Host.QuerySqlAsync<long>("SELECT sum(attempts) FROM queued_emails"));
    }

    [Fact]
    public async Task An_email_of_a_dead_host_is_sent_by_another_after_the_lease()
    {
        await BuyAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE queued_emails SET attempts = 1, next_attempt_at = $1",
            Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        await SendAsync();
        Assert.Empty(Mail.Taken);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await SendAsync();
        Assert.Single(Mail.Taken);
    }

    [Fact]
    public async Task A_mail_server_with_an_untrusted_certificate_gets_nothing()
    {
        using var certificate = SelfSigned.CertificateFor("127.0.0.1");
        await using var mail = new MailServer(certificate);
        await using var host = await StartAsync(
            ("Email:SmtpPort", $"{mail.Port}"), ("Email:SmtpSecurity", "StartTls"));
        await BuyAsync();
        await host.Get<EmailDelivery>().RunAsync(CancellationToken.None);
        Assert.Empty(mail.Taken);
        Assert.Equal((1, false, true), await QueuedAsync());
    }

    [Fact]
    public async Task A_mail_server_without_encryption_gets_nothing_unless_that_is_allowed()
    {
        await using var host = await StartAsync(
            ("Email:SmtpSecurity", "StartTls"));
        await BuyAsync();
        await host.Get<EmailDelivery>().RunAsync(CancellationToken.None);
        Assert.Empty(Mail.Taken);
        Assert.Equal((1, false, true), await QueuedAsync());
    }
}
