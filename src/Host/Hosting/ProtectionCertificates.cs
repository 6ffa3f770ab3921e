using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Equaticket.Host.Hosting;

/// <summary>
/// The certificates of the key ring. The current one wraps and unwraps keys; previous ones only unwrap, so
/// that the current one can be replaced.
/// </summary>
internal sealed record ProtectionCertificates(
    X509Certificate2? Current, IReadOnlyList<X509Certificate2> Previous)
{
    private const string Section = "DataProtection";
    private const string PreviousSetting = "PreviousCertificates";

    /// <exception cref="ConfigurationException">A certificate can't be used.</exception>
    public static ProtectionCertificates Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var previous = section.GetSection(PreviousSetting);
        if (previous.Value is { Length: > 0 })
        {
            throw new ConfigurationException(
                "Write DataProtection__PreviousCertificates as DataProtection__PreviousCertificates__0__Path and "
                + "DataProtection__PreviousCertificates__0__Password.");
        }

        return new(
            section["CertificatePath"] is { Length: > 0 } path
                ? Load("DataProtection__Certificate", path, section["CertificatePassword"])
                : null,
            [.. previous.GetChildren().Select(entry => Load(
                $"DataProtection__PreviousCertificates__{entry.Key}__", entry["Path"] ?? "", entry["Password"]))]);
    }

    public bool Include(string thumbprint) =>
        Previous.Append(Current).Any(known => known?.Thumbprint == thumbprint);

    /// <param name="setting">The name of the setting, without <c>Path</c> or <c>Password</c>.</param>
    /// <param name="path">A PKCS #12 file.</param>
    /// <param name="password">The password of the file.</param>
    private static X509Certificate2 Load(string setting, string path, string? password)
    {
        if (!File.Exists(path))
            throw new ConfigurationException($"{setting}Path: the file '{path}' does not exist.");
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new ConfigurationException($"{setting}Path: {path} contains no private RSA key.");
        }
        catch (CryptographicException)
        {
            throw new ConfigurationException(
                $"{setting}Path: {path} is not a PKCS #12 file, or {setting}Password is wrong.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{setting}Path: {path} cannot be read: {fault.Message}");
        }
    }
}
