using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Equaticket.Host.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The certificate that encrypts the key ring is replaced, and stored secrets stay readable.</summary>
public sealed class CertificateRotationTests : IAsyncLifetime
{
    private const string Purpose = "rotation";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("equaticket-certificates-");
    private string _database = "";
    private string _old = "";
    private string _next = "";

    public async Task InitializeAsync()
    {
        _database = await TestCluster.CreateMigratedDatabaseAsync();
        (_old, _next) = (CreateCertificate("old"), CreateCertificate("next"));
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_rotation_in_three_steps_loses_no_secret()
    {
        var secret = await UseAsync([_old], services => Task.FromResult(Protector(services).Protect([1, 2, 3])));

        await UseAsync([_next, _old], async services =>
        {
            Assert.Equal([1, 2, 3], Protector(services).Unprotect(secret));
            var progress = new List<(int, int)>();
            var done = await services.GetRequiredService<KeyWrapping>().RunAsync(
                (number, count) => progress.Add((number, count)), CancellationToken.None);
            Assert.Equal((1, 1), (done.Keys, done.Rewrapped));
            Assert.Equal([(0, 1), (1, 1)], progress);
            return 0;
        });

        await UseAsync([_next], async services =>
        {
            Assert.Equal([1, 2, 3], Protector(services).Unprotect(secret));
            Assert.Equal(0, (await RewrapAsync(services)).Rewrapped);
            return 0;
        });
        await AssertRefusedAsync([_old], "certificate CN=next");
    }

    [Fact]
    public async Task A_swap_without_the_previous_certificate_fails_startup_and_adds_no_key()
    {
        await UseAsync([_old], services => Task.FromResult(0));
        await AssertRefusedAsync([_next], "certificate CN=old");
        await AssertRefusedAsync([], "certificate CN=old");
        Assert.Equal(1L, await CountKeysAsync());
    }

    [Fact]
    public async Task A_database_without_its_keys_fails_startup()
    {
        await UseAsync([_old], services => Task.FromResult(0));
        await AskAsync("DELETE FROM data_protection_keys");
        await AssertRefusedAsync([_old], "missing from the table data_protection_keys");
    }

    [Fact]
    public async Task Unwrapped_keys_are_wrapped()
    {
        var secret = await UseAsync([], services => Task.FromResult(Protector(services).Protect([7])));
        await UseAsync([_next], async services =>
        {
            Assert.Equal(1, (await RewrapAsync(services)).Rewrapped);
            return 0;
        });
        Assert.Equal(0L, await AskAsync(
            "SELECT count(*) FROM data_protection_keys WHERE xml NOT LIKE '%encryptedSecret%'"));
        Assert.Equal(
            [7], await UseAsync([_next], services => Task.FromResult(Protector(services).Unprotect(secret))));
    }

    [Fact]
    public async Task Two_concurrent_runs_wrap_each_key_once()
    {
        var secret = await UseAsync([_old], services => Task.FromResult(Protector(services).Protect([9])));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => UseAsync([_next, _old], RewrapAsync)));
        Assert.Equal(1, both.Sum(done => done.Rewrapped));
        Assert.Equal(
            [9], await UseAsync([_next], services => Task.FromResult(Protector(services).Unprotect(secret))));
    }

    [Fact]
    public async Task A_rewrap_that_was_interrupted_continues_where_it_stopped()
    {
        await UseAsync([_old], services =>
        {
            var now = TimeProvider.System.GetUtcNow();
            services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
            return Task.FromResult(0);
        });
        using var end = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UseAsync([_next, _old], services =>
            services.GetRequiredService<KeyWrapping>().RunAsync(
                (number, _) =>
                {
                    if (number == 1)
                        end.Cancel();
                },
                end.Token)));
        var done = await UseAsync([_next, _old], RewrapAsync);
        Assert.Equal((2, 1), (done.Keys, done.Rewrapped));
    }

    [Fact]
    public async Task A_rewrap_without_a_certificate_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => UseAsync([], RewrapAsync));
        Assert.StartsWith("Set DataProtection__CertificatePath", refusal.Message, StringComparison.Ordinal);
    }

    private static IDataProtector Protector(IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);

    private static Task<RewrappedKeys> RewrapAsync(IServiceProvider services) =>
        services.GetRequiredService<KeyWrapping>().RunAsync((_, _) => { }, CancellationToken.None);

    private async Task AssertRefusedAsync(string[] certificates, string words)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(
            () => UseAsync(certificates, services => Task.FromResult(0)));
        Assert.StartsWith("Stored secrets cannot be read: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts the services of a server, including the check, with the same database.</summary>
    /// <param name="certificates">The current certificate, then the previous ones.</param>
    /// <param name="use">Receives the services.</param>
    private async Task<T> UseAsync<T>(string[] certificates, Func<IServiceProvider, Task<T>> use)
    {
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < certificates.Length; i++)
        {
            var prefix = i == 0 ? "DataProtection:Certificate" : $"DataProtection:PreviousCertificates:{i - 1}:";
            (settings[$"{prefix}Path"], settings[$"{prefix}Password"]) = (certificates[i], "secret");
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddEquaticket(_database).WrapStoredSecrets(configuration).BuildServiceProvider();
        await services.GetRequiredService<SecretsCheck>().RunAsync(CancellationToken.None);
        return await use(services);
    }

    private async Task<long> CountKeysAsync() => (long)(await AskAsync("SELECT count(*) FROM data_protection_keys"))!;

    private Task<object?> AskAsync(string sql) => EmbeddedPostgres.ClusterFolder.AskAsync(_database, sql);

    private string CreateCertificate(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            $"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Join(_folder.FullName, $"{name}.p12");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "secret"));
        return file;
    }
}
