using Equaticket.Schema.Emails;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Tests.Emails;

public sealed class EmailSettingsTests(EmailHost shared) : EmailTest(shared)
{
    [Fact]
    public async Task Without_a_mail_server_emails_become_files_that_only_their_owner_can_read()
    {
        var folder = Directory.CreateTempSubdirectory("equaticket-mail-");
        var mail = Path.Join(folder.FullName, "mail");
        await using var host = await StartAsync(
            ("Email:SmtpHost", null), ("Email:Folder", mail));
        await BuyAsync();
        await host.Get<EmailDelivery>().RunAsync(CancellationToken.None);
        var file = Assert.Single(Directory.GetFiles(mail));
        var message = await MimeMessage.LoadAsync(file);
        Assert.Equal($"{Path.GetFileNameWithoutExtension(file)}@equaticket.example", message.MessageId);
        Assert.Equal("Your tickets for Tea & Sums", message.Subject);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Email:From", "nobody", "Email__From")]
    [InlineData("Email:SmtpPort", "0", "Email__SmtpPort")]
    [InlineData("Email:SmtpUser", "tickets", "Email__SmtpPassword")]
    public async Task An_invalid_setting_fails_startup_and_says_what_to_fix(
        string setting, string value, string named)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync((setting, value)));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }
}
