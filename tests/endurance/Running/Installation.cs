using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Equaticket.Endurance.Running;

/// <summary>A complete production setup with three hosts, on this machine. Disposing it stops everything.</summary>
public sealed class Installation(RunFolder folder, RunOptions options) : IAsyncDisposable
{
    private const string Role = "equaticket";
    private const string Password = "endurance-role";
    private const string Login = $"Database={Role};Username={Role};Password={Password}";

    private readonly List<Forwarder> _forwarders = [];
    private readonly int _redisPort = folder.FreePort();
    private Child? _redis;
    private Child? _proxy;
    private Child? _pooler;

    public DatabaseCluster Database { get; } = new(folder);

    public IReadOnlyList<ProductHost> Hosts { get; private set; } = [];

    public WebhookReceiver Receiver { get; } = new(folder.FreePort());

    /// <summary>The URL at which clients reach the product: HAProxy.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{folder.FreePort()}");

    /// <summary>The connection string to the current primary.</summary>
    public string ConnectionString { get; private set; } = "";

    private Dictionary<string, string> CommandSettings { get; set; } = [];

    public async Task StartAsync(Action<string> report, CancellationToken cancellationToken)
    {
        report("Starting etcd, Patroni and PostgreSQL …");
        await Database.StartAsync(cancellationToken);
        await Database.CreateDatabaseAsync(Role, Password, cancellationToken);
        report("Starting Redis, HAProxy, the receiver and three hosts …");
        StartRedis();
        await Receiver.StartAsync();
        var (databasePort, poolerPort) = (folder.FreePort(), folder.FreePort());
        Hosts = [.. Enumerable.Range(1, 3).Select(number => Host($"host{number}", databasePort, poolerPort))];
        var proxy = folder.Write("haproxy.cfg", Settings.Proxy(Address.Port, Hosts, databasePort, Database.Servers));
        _proxy = Child.Start(folder, "haproxy", ["haproxy", "-db", "-f", proxy]);
        if (options.UsesPgBouncer)
            StartPooler(poolerPort, databasePort);
        ConnectionString = Connection(databasePort);
        CommandSettings = ProductSettings(0, databasePort, databasePort);
        await Wait.UntilAsync(
            "HAProxy to find the primary", TimeSpan.FromSeconds(30), CanConnectAsync, cancellationToken);
        await CommandAsync(["migrate"]);
        await Task.WhenAll(Hosts.Select(host => host.StartAsync(cancellationToken)));
    }

    /// <summary>Runs one of the product's commands.</summary>
    /// <returns>The JSON that the command printed.</returns>
    public async Task<JsonElement> CommandAsync(string[] command, string? input = null)
    {
        var (code, output) = await TryCommandAsync(command, input);
        return code == 0
            ? JsonSerializer.Deserialize<JsonElement>(output)
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed; see {folder.Log("commands")}.");
    }

    public Task<(int Code, string Output)> TryCommandAsync(string[] command, string? input = null) => Child.RunAsync(
        folder, "commands", ["dotnet", RunOptions.HostProgram, .. command, "--json"], CommandSettings, input);

    public void StartRedis() => _redis = Child.Start(folder, "redis",
        ["redis-server", "--port", $"{_redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", folder.Path]);

    public Task StopRedisAsync() => _redis!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Hosts.Select(host => host.KillAsync()));
        await Task.WhenAll(((Child?[])[_pooler, _proxy, _redis]).OfType<Child>().Select(child => child.KillAsync()));
        foreach (var forwarder in _forwarders)
            await forwarder.DisposeAsync();
        await Receiver.DisposeAsync();
        await Database.EndAsync();
    }

    private ProductHost Host(string name, int databasePort, int poolerPort)
    {
        var (pooled, direct, port) = (folder.FreePort(), folder.FreePort(), folder.FreePort());
        var replicas = Database.Servers.Select(server => (Port: folder.FreePort(), Target: server.Port)).ToList();
        Forwarder[] network =
        [
            new(pooled, options.UsesPgBouncer ? poolerPort : databasePort), new(direct, databasePort),
            .. replicas.Select(replica => new Forwarder(replica.Port, replica.Target)),
        ];
        _forwarders.AddRange(network);
        var settings = ProductSettings(port, pooled, direct);
        if (options.UsesReplicas)
        {
            settings["ConnectionStrings__EquaticketReplica"] =
                $"Host={string.Join(',', replicas.Select(replica => $"127.0.0.1:{replica.Port}"))};{Login}";
        }

        return new ProductHost(folder, name, port, network, settings);
    }

    private void StartPooler(int port, int databasePort)
    {
        var users = folder.Write("pgbouncer.users", $"\"{Role}\" \"{Password}\"\n");
        var file = folder.Write("pgbouncer.ini", Settings.Pooler(port, databasePort, Role, users));
        _pooler = Child.Start(folder, "pgbouncer", [.. DatabaseServer.AsItsUser, "pgbouncer", file]);
    }

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
            await using var connection = await source.OpenConnectionAsync();
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }

    private static string Connection(int port) => $"Host=127.0.0.1;Port={port};{Login};Timeout=5;Command Timeout=10";

    private Dictionary<string, string> ProductSettings(int port, int database, int direct) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        ["ConnectionStrings__Equaticket"] = Connection(database) + ";Maximum Pool Size=25;Connection Idle Lifetime=30",
        ["ConnectionStrings__EquaticketDirect"] = Connection(direct),
        ["ConnectionStrings__Redis"] = $"127.0.0.1:{_redisPort},abortConnect=false",
        ["Database__PrepareStatements"] = options.UsesPgBouncer ? "false" : "true",
        ["DataProtection__CertificatePath"] = Certificate(),
        ["Email__Folder"] = folder.In("mail"),
        ["EQUATICKET_DATA"] = folder.In("data"),
        ["Equaticket__PublicUrl"] = $"{Address}".TrimEnd('/'),
        ["Proxies__Trusted"] = "127.0.0.0/8",
        ["RateLimits__Plans__pro"] = "1000000",
        ["RateLimits__PublicPerMinute"] = "1000000",
        ["RateLimits__CheckoutPerMinute"] = "1000000",
        ["Shutdown__DrainSeconds"] = "4",
        ["Webhooks__ExemptHosts"] = $"127.0.0.1:{Receiver.Port}",
        ["Webhooks__RetrySchedule"] = string.Join(',', Enumerable.Repeat("2s", 5).Concat(Enumerable.Repeat("5s", 40))),
    };

    private string Certificate()
    {
        var file = folder.In("equaticket.p12");
        if (!File.Exists(file))
        {
            using var key = RSA.Create(3072);
            var now = TimeProvider.System.GetUtcNow();
            var request = new CertificateRequest(
                "CN=endurance", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        }

        return file;
    }
}
