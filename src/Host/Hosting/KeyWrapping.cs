using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Wraps the stored keys of the key ring with the current certificate, regardless of which one wrapped them before.
/// The data they encrypt does not change.
/// </summary>
internal sealed class KeyWrapping(
    TenantContexts contexts,
    ProtectionCertificates certificates,
    IServiceProvider services,
    ILoggerFactory logs)
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";
    private static readonly XName Secret = Protection + "encryptedSecret";
    private static readonly XName IsSecret = Protection + "requiresEncryption";

    /// <summary>
    /// Rewraps one key at a time, each in a separate statement, so that an interruption loses no
    /// progress. Concurrent runs do not interfere.
    /// </summary>
    /// <param name="progress">Receives the number of processed keys and the total.</param>
    /// <param name="cancellationToken">Cancels between two keys.</param>
    /// <exception cref="ConfigurationException">
    /// There is no current certificate, or a key is wrapped by one that is not configured.
    /// </exception>
    public async Task<RewrappedKeys> RunAsync(Action<int, int> progress, CancellationToken cancellationToken)
    {
        if (certificates.Current is not { } current)
            throw new ConfigurationException("Set DataProtection__CertificatePath to the certificate to wrap with.");
        await using var database = contexts.Lease(null);
        var keys = await database.DataProtectionKeys.OrderBy(key => key.Id).ToListAsync(cancellationToken);
        var rewrapped = 0;
        for (var number = 0; number < keys.Count; number++)
        {
            progress(number, keys.Count);
            var (id, before) = (keys[number].Id, keys[number].Xml);
            if (before is null || Rewrap(before, current) is not { } after)
                continue;
            rewrapped += await database.DataProtectionKeys.Where(key => key.Id == id && key.Xml == before)
                .ExecuteUpdateAsync(key => key.SetProperty(k => k.Xml, after), cancellationToken);
        }

        progress(keys.Count, keys.Count);
        return new(keys.Count, rewrapped, current.Thumbprint);
    }

    /// <exception cref="ConfigurationException">The key is wrapped by a certificate that is not configured.</exception>
    public void RequireReadable(string key)
    {
        foreach (var (subject, thumbprint) in WrappersOf(XElement.Parse(key)))
        {
            if (!certificates.Include(thumbprint))
            {
                throw new ConfigurationException(
                    $"Stored secrets cannot be read: their keys are wrapped with the certificate {subject} with the "
                    + $"thumbprint {thumbprint}, which is not configured. Set "
                    + "DataProtection__PreviousCertificates__0__Path to its file.");
            }
        }
    }

    /// <returns>Null if the key is already wrapped by only the current certificate.</returns>
    private string? Rewrap(string key, X509Certificate2 current)
    {
        RequireReadable(key);
        var document = XElement.Parse(key, LoadOptions.PreserveWhitespace);
        var wrapped = document.Descendants(Secret).Where(secret =>
            WrappersOf(secret).Any(wrapper => wrapper.Thumbprint != current.Thumbprint)).ToList();
        var plain = document.Descendants().Where(element => (bool?)element.Attribute(IsSecret) is true).ToList();
        if (wrapped.Count + plain.Count == 0)
            return null;
        var unwrap = new EncryptedXmlDecryptor(services);
        foreach (var secret in wrapped)
            secret.ReplaceWith(Wrap(unwrap.Decrypt(secret.Elements().Single()), current));
        foreach (var secret in plain)
            secret.ReplaceWith(Wrap(secret, current));
        return document.ToString(SaveOptions.DisableFormatting);
    }

    private XElement Wrap(XElement secret, X509Certificate2 current)
    {
        var wrapped = new CertificateXmlEncryptor(current, logs).Encrypt(new XElement(secret));
        return new XElement(
            Secret,
            new XAttribute("decryptorType", wrapped.DecryptorType.AssemblyQualifiedName!),
            wrapped.EncryptedElement);
    }

    /// <returns>The certificates that wrap a key.</returns>
    private static IEnumerable<(string Subject, string Thumbprint)> WrappersOf(XElement element)
    {
        foreach (var text in element.Descendants(Signature + "X509Certificate"))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text.Value));
            yield return (certificate.Subject, certificate.Thumbprint);
        }
    }
}

/// <param name="Keys">The number of keys, all now wrapped by the certificate.</param>
/// <param name="Rewrapped">The number of keys that it did not wrap before.</param>
/// <param name="Certificate">The thumbprint of the certificate.</param>
internal sealed record RewrappedKeys(int Keys, int Rewrapped, string Certificate);
