using System.Security.Cryptography.X509Certificates;
using Equaticket.Persistence;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Encrypts stored data that may contain a secret, with ASP.NET Core Data Protection. The key ring is
/// in the database, so that every host can read what another wrote.
/// </summary>
internal static class StoredSecrets
{
    private const string CertificatePath = "DataProtection:CertificatePath";
    private const string CertificatePassword = "DataProtection:CertificatePassword";

    public static IServiceCollection AddStoredSecrets(this IServiceCollection services)
    {
        services.AddDataProtection()
            .SetApplicationName("equaticket")
            .PersistKeysToDbContext<EquaticketDbContext>();
        return services;
    }

    /// <summary>Wraps the key ring, so that the database alone does not reveal the secrets.</summary>
    /// <exception cref="ConfigurationException">
    /// A production host with an external database has no certificate.
    /// </exception>
    public static void WrapStoredSecrets(
        this WebApplicationBuilder builder, bool isOwnDatabase)
    {
        var path = builder.Configuration[CertificatePath];
        if (path is { Length: > 0 })
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(
                path, builder.Configuration[CertificatePassword]);
            builder.Services.AddDataProtection().ProtectKeysWithCertificate(certificate);
        }
        else if (isOwnDatabase && builder.Environment.IsProduction())
        {
            throw new ConfigurationException(
                "Set DataProtection__CertificatePath (a PKCS #12 file) and "
                + "DataProtection__CertificatePassword: in production, the keys that encrypt stored "
                + "secrets must be wrapped.");
        }
    }
}
