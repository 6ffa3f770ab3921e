using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Emails;

/// <summary>Registers email delivery.</summary>
internal static class EmailServices
{
    public static void AddEmails(this IServiceCollection services)
    {
        services.AddSingleton<SmtpTransport>();
        services.AddSingleton<FileTransport>();
        services.AddSingleton<IEmailTransport>(provider =>
            provider.GetRequiredService<IOptions<EmailOptions>>().Value.SmtpHost is { Length: > 0 }
                ? provider.GetRequiredService<SmtpTransport>()
                : provider.GetRequiredService<FileTransport>());
        services.AddSingleton<EmailComposer>();
        services.AddSingleton<EmailAttempts>();
        services.AddSingleton<UserEmails>();
        services.AddScoped<AccountEmailTexts>();
    }
}
