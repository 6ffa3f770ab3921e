using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Host.Tests.RateLimiting;
using Npgsql;

namespace Equaticket.Host.Tests.Deployment;

/// <summary>A PgBouncer in front of one database of the tests.</summary>
internal sealed partial class PgBouncer : IAsyncDisposable
{
    /// <summary>Connections to PostgreSQL.</summary>
    public const long PoolSize = 3;

    /// <summary>The server's connections to PgBouncer, all of which it uses in concurrent transactions.</summary>
    private const int ServerPoolSize = 20;

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PgBouncer(Process process, DirectoryInfo folder, string connectionString) =>
        (_process, _folder, ConnectionString) = (process, folder, connectionString);

    public string ConnectionString { get; }

    private static string Program => File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer";

    public static async Task<Version> VersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Program, "--version")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Version.Parse(Number().Match(text).Value);
    }

    public static async Task<PgBouncer> StartAsync(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var port = RedisServer.FreePort();
        var folder = Directory.CreateTempSubdirectory("equaticket-pgbouncer-");
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var users = Path.Join(folder.FullName, "userlist.txt");
        await File.WriteAllTextAsync(users, $"\"{target.Username}\" \"{target.Password}\"\n");
        var settings = Path.Join(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, await SettingsAsync(target, port, users));
        var process = Process.Start(new ProcessStartInfo(Program, ["--quiet", settings])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        _ = process.StandardError.ReadToEndAsync();
        var through = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = port,
            MaxPoolSize = ServerPoolSize,
        };
        var pooler = new PgBouncer(process, folder, through.ConnectionString);
        await Poll.UntilAsync(pooler.AnswersAsync, TimeSpan.FromSeconds(30));
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// The deployed settings, with the addresses of the test. An older PgBouncer doesn't know one of them.
    /// </summary>
    private static async Task<string> SettingsAsync(NpgsqlConnectionStringBuilder target, int port, string users)
    {
        var text = await File.ReadAllTextAsync(Repository.File("deploy/pgbouncer/pgbouncer.ini"));
        text = Database().Replace(text, $"{target.Database} = host={target.Host} port={target.Port}");
        text = Set(text, "listen_addr", "127.0.0.1");
        text = Set(text, "listen_port", port.ToString(CultureInfo.InvariantCulture));
        text = Set(text, "auth_file", users);
        text = Set(text, "default_pool_size", PoolSize.ToString(CultureInfo.InvariantCulture));
        if (await VersionAsync() < new Version(1, 21))
            text = text.Replace("\nmax_prepared_statements", "\n;max_prepared_statements", StringComparison.Ordinal);
        // It refuses to run as root.
        return Environment.IsPrivilegedProcess ? text + "\nuser = nobody\n" : text;
    }

    private static string Set(string text, string name, string value) =>
        Regex.Replace(text, $"^{name} = .*$", $"{name} = {value}", RegexOptions.Multiline);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await ClusterFolder.AskAsync(ConnectionString, "SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^equaticket = .*$", RegexOptions.Multiline)]
    private static partial Regex Database();

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
