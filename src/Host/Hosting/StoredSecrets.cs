using Equaticket.Persistence;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Encrypts stored data that may contain a secret, with ASP.NET Core Data Protection. The key ring is
/// in the database, so that every host can read what another one wrote.
/// </summary>
internal static class StoredSecrets
{
    public static IServiceCollection AddStoredSecrets(this IServiceCollection services)
    {
        services.AddDataProtection()
            .SetApplicationName("equaticket")
            .PersistKeysToDbContext<EquaticketDbContext>();
        return services;
    }

    /// <summary>Wraps the key ring, so that access to the database alone does not reveal the secrets.</summary>
    /// <exception cref="ConfigurationException">A certificate can't be used.</exception>
    public static IServiceCollection WrapStoredSecrets(
        this IServiceCollection services, IConfiguration configuration)
    {
        var certificates = ProtectionCertificates.Read(configuration);
        var protection = services.AddSingleton(certificates).AddDataProtection();
        if (certificates.Current is { } current)
            protection.ProtectKeysWithCertificate(current);
        if (certificates.Previous.Count > 0)
            protection.UnprotectKeysWithAnyCertificate([.. certificates.Previous]);
        return services.AddSingleton<KeyWrapping>().AddSingleton<SecretsCheck>();
    }

    /// <exception cref="ConfigurationException">
    /// A production host with an external database has no certificate.
    /// </exception>
    public static void RequireCertificate(this WebApplicationBuilder builder, bool isOwnDatabase)
    {
        if (isOwnDatabase && builder.Environment.IsProduction()
            && builder.Configuration["DataProtection:CertificatePath"] is not { Length: > 0 })
        {
            throw new ConfigurationException(
                "Set DataProtection__CertificatePath (a PKCS #12 file) and "
                + "DataProtection__CertificatePassword: in production, the keys that encrypt stored "
                + "secrets must be protected by a certificate.");
        }
    }
}
