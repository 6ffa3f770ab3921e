using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Equaticket.Host.Commands;
using Equaticket.Host.Hosting;
using Equaticket.Host.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Tests.Serving;

/// <summary>An invalid setting fails startup with a sentence that names it and shows no password.</summary>
public sealed class InvalidSettingTests : IDisposable
{
    private const string Own = "Write it as Host=db.internal;Database=equaticket;Username=equaticket;Password=….";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("equaticket-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("nonsense", $"ConnectionStrings__Equaticket is invalid. {Own}")]
    [InlineData("postgres://me:secret@db/tickets", $"ConnectionStrings__Equaticket is invalid. {Own}")]
    [InlineData("Host=db;Wrong=secret", $"ConnectionStrings__Equaticket has an unknown keyword. {Own}")]
    [InlineData("Database=tickets;Password=secret", $"ConnectionStrings__Equaticket names no Host. {Own}")]
    [InlineData("Host=db;Port=secret", $"ConnectionStrings__Equaticket has an invalid value of port. {Own}")]
    public async Task A_connection_string_of_the_database(string text, string sentence)
    {
        var configuration = EquaticketServer.CreateBuilder().Configuration;
        configuration["ConnectionStrings:Equaticket"] = text;
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(
            () => DatabaseAccess.OpenAsync(configuration, CancellationToken.None));
        Assert.Equal(sentence, refusal.Message);
    }

    [Fact]
    public async Task A_database_is_named_without_its_password()
    {
        var configuration = EquaticketServer.CreateBuilder().Configuration;
        configuration["ConnectionStrings:Equaticket"] =
            "Host=db.internal;Database=tickets;Username=seller;Password=secret";
        await using var database = await DatabaseAccess.OpenAsync(configuration, CancellationToken.None);
        Assert.Equal("the PostgreSQL database tickets on db.internal:5432 as seller", database.Description);
    }

    [Theory]
    [InlineData("ConnectionStrings:Redis", "redis,port=secret", "ConnectionStrings__Redis is invalid. ")]
    [InlineData("Proxies:Trusted", "10.0.0.0/99", "Proxies__Trusted: '10.0.0.0/99' is not a network")]
    [InlineData("Cors:Origins", "shop", "Cors__Origins: 'shop' is not an origin")]
    [InlineData("RateLimits:PublicPerMinute", "0", "RateLimits__PublicPerMinute must be 1 or more.")]
    [InlineData("RateLimits:PublicPerMinute", "many", "value 'many' at 'RateLimits:PublicPerMinute'")]
    [InlineData("Webhooks:RetrySchedule", "5s,soon", "Webhooks__RetrySchedule: 'soon' is not a duration")]
    [InlineData("Webhooks:RetrySchedule", "999999999h", "Webhooks__RetrySchedule: '999999999h' is not a duration")]
    [InlineData("Webhooks:DeniedNetworks", "10.0.0.1/33", "Webhooks__DeniedNetworks: '10.0.0.1/33' is not a network")]
    [InlineData("Webhooks:ExemptHosts", "http://a", "Webhooks__ExemptHosts: 'http://a' is not a host")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Logging__LogLevel: ")]
    [InlineData("ConnectionStrings:EquaticketReplica", "Host=db;Port=secret", "ConnectionStrings__EquaticketReplica")]
    [InlineData("Database:MaxReads", "0", "Database__MaxReads must be between 1 and 10000.")]
    [InlineData("Replica:MaxLagSeconds", "0", "Replica__MaxLagSeconds must be between 1 and 3600.")]
    public async Task A_setting_that_is_read_at_startup(string name, string value, string sentence)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = EquaticketServer.Build(
                "Host=127.0.0.1;Port=1", builder => builder.Configuration[name] = value);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.Services.GetRequiredService<RateLimiter>();
        });
        var said = ExpectedErrors.Sentence(refusal);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_cannot_be_used()
    {
        var file = Path.Join(_folder.FullName, "equaticket.p12");
        Assert.Equal(
            $"DataProtection__CertificatePath: the file '{file}' does not exist.", Refusal(file, "secret"));
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=equaticket", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "other"));
        Assert.Equal(
            $"DataProtection__CertificatePath: {file} is not a PKCS #12 file, or "
            + "DataProtection__CertificatePassword is wrong.",
            Refusal(file, "secret"));
        using var publicHalf = X509CertificateLoader.LoadCertificate(certificate.RawData);
        File.WriteAllBytes(file, publicHalf.Export(X509ContentType.Pkcs12, "secret"));
        Assert.Equal($"DataProtection__CertificatePath: {file} contains no private RSA key.", Refusal(file, "secret"));
    }

    private static string Refusal(string file, string password) =>
        Assert.Throws<ConfigurationException>(() =>
        {
            var builder = EquaticketServer.CreateBuilder();
            builder.Configuration["DataProtection:CertificatePath"] = file;
            builder.Configuration["DataProtection:CertificatePassword"] = password;
            builder.Services.WrapStoredSecrets(builder.Configuration);
        }).Message;
}
