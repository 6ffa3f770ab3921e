using System.Text;
using Equaticket.Host.Hosting;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Team;
using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Testing.OpenApi;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Testing;

/// <summary>
/// The real host on Kestrel, with a separate migrated database. The tests of an assembly share one, and
/// create an organization each.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly Lazy<Task<TestHost>> One = new(() => StartAsync());
    private static int _organizations;

    /// <summary>The emails sent by the hosts of this process, as files.</summary>
    public static readonly Lazy<string> MailFolder = new(() =>
    {
        var folder = Repository.File($"artifacts/test-mail/{Environment.ProcessId}");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>
    /// Most tests exceed the rate limits of a plan, and have nothing to wait for on shutdown; others override this.
    /// </summary>
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Shutdown:TimeoutSeconds"] = "2",
        ["RateLimits:Plans:pro"] = "1000000",
        ["RateLimits:Plans:growth"] = "1000000",
        ["RateLimits:Plans:starter"] = "1000000",
        ["RateLimits:Plans:free"] = "1000000",
        ["RateLimits:PublicPerMinute"] = "1000000",
        ["RateLimits:CheckoutPerMinute"] = "1000000",
        ["RateLimits:FailedAuthPerMinute"] = "1000000",
        ["RateLimits:SignInPerMinute"] = "1000000",
    };

    private readonly WebApplication _app;

    private TestHost(WebApplication app, string connectionString)
    {
        _app = app;
        ConnectionString = connectionString;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(new AnswerCheckHandler(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        }))
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>The host that all tests of this assembly share.</summary>
    public static Task<TestHost> SharedAsync() => One.Value;

    public string ConnectionString { get; }

    public Uri Address { get; }

    /// <summary>Sends requests as given, without a key.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="connectionString">The database of another host; null for a new one.</param>
    /// <param name="configure">Last changes to the host before it is built.</param>
    public static async Task<TestHost> StartAsync(
        string? connectionString = null, Action<WebApplicationBuilder>? configure = null)
    {
        connectionString ??= await TestCluster.CreateMigratedDatabaseAsync();
        var app = EquaticketServer.Build(connectionString, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Configuration["Email:Folder"] = MailFolder.Value;
            builder.Services.AddSingleton<IStartupFilter, TestSessions>();
            // Each of the 100,000 iterations of production is the same work again.
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
            builder.Services.AddSingleton<IHostResolver>(new ScriptedResolver());
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new TestHost(app, connectionString);
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Creates an organization that has accepted the terms, with a key for each mode.</summary>
    public async Task<TestOrganization> CreateOrganizationAsync(
        Plan plan = Plan.Pro, bool chargesEnabled = true)
    {
        var registry = Get<OrganizationRegistry>();
        var slug = $"org-{Interlocked.Increment(ref _organizations)}";
        var organization = await registry.CreateAsync(
            slug, $"Organization {slug}", plan, acceptTerms: true, CancellationToken.None);
        if (chargesEnabled)
        {
            await registry.SetStripeAsync(
                slug, new KnownStripeAccount(ChargesEnabled: true), CancellationToken.None);
        }

        return new TestOrganization(
            this,
            organization,
            await CreateKeyAsync(organization, livemode: true),
            await CreateKeyAsync(organization, livemode: false));
    }

    /// <returns>A new organization that has not accepted the terms and has no keys.</returns>
    public Task<Organization> CreateOrganizationWithoutTermsAsync()
    {
        var slug = $"org-{Interlocked.Increment(ref _organizations)}";
        return Get<OrganizationRegistry>().CreateAsync(
            slug, $"Organization {slug}", Plan.Pro, acceptTerms: false, CancellationToken.None);
    }

    /// <param name="organization">The owner of the key.</param>
    /// <param name="livemode">Whether the key is for live data.</param>
    /// <param name="scopes">The scopes of the key; all if none are given.</param>
    public async Task<ApiClient> CreateKeyAsync(
        Organization organization, bool livemode, params Scope[] scopes)
    {
        var wanted = new NewApiKey(
            "Test", livemode, scopes.Length > 0 ? scopes : Enum.GetValues<Scope>(), null);
        await using var database = Get<TenantContexts>().Lease(
            new TenantScope(organization.Id, livemode));
        var created = await Get<ApiKeyRegistry>().CreateAsync(
            database, actor: null, wanted, CancellationToken.None);
        return new ApiClient(Http, created);
    }

    /// <returns>A new, signed-in member of the organization.</returns>
    public async Task<SessionClient> SignInAsync(
        Organization organization, Role role, bool livemode = true)
    {
        var email = $"user-{Interlocked.Increment(ref _organizations)}@example.com";
        var user = await Get<UserRegistry>().CreateAsync(
            organization, email, role, password: null, CancellationToken.None);
        return new SessionClient(Http, user.Id, organization.Id, livemode);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>The organization of one test.</summary>
public sealed record TestOrganization(
    TestHost Host, Organization Organization, ApiClient Live, ApiClient Test)
{
    public string Slug => Organization.Slug;

    public TenantScope Scope(bool livemode) => new(Organization.Id, livemode);

    public Task<SessionClient> SignInAsync(Role role, bool livemode = true) =>
        Host.SignInAsync(Organization, role, livemode);

    public Task<ApiClient> CreateKeyAsync(bool livemode, params Scope[] scopes) =>
        Host.CreateKeyAsync(Organization, livemode, scopes);
}
