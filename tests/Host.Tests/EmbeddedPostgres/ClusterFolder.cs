using System.Diagnostics;
using System.Globalization;
using Equaticket.Host.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.EmbeddedPostgres;

/// <summary>A separate data folder, with properties that tests inspect.</summary>
public sealed class ClusterFolder : IDisposable
{
    private static readonly Lazy<Task<ClusterFolder>> Template = new(CreateTemplateAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("equaticket-pg-");

    public ClusterFolder()
        : this(isClosed: false)
    {
    }

    private ClusterFolder(bool isClosed)
    {
        if (!isClosed && !OperatingSystem.IsWindows())
            _folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    }

    public string Data => Path.Join(_folder.FullName, "data");

    public string PasswordFile => Path.Join(Data, "postgres.password");

    public string PostmasterFile => Path.Join(Data, "postgres", "postmaster.pid");

    /// <summary>Whether a server was started and not stopped.</summary>
    public bool IsServing => File.Exists(PostmasterFile);

    public int PostmasterId =>
        int.Parse(File.ReadLines(PostmasterFile).First(), CultureInfo.InvariantCulture);

    /// <summary>A folder that only its owner can access.</summary>
    public static ClusterFolder Closed() => new(isClosed: true);

    /// <summary>
    /// A folder with a cluster and an empty, migrated database, for tests that are not about creating them. It is a
    /// copy of a template that is created once.
    /// </summary>
    public static async Task<ClusterFolder> PreparedAsync()
    {
        var template = await Template.Value;
        var folder = new ClusterFolder();
        using var copy = Process.Start("cp", ["-a", template.Data, folder.Data]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
        return folder;
    }

    public Task<EmbeddedCluster> AcquireAsync() =>
        EmbeddedCluster.AcquireAsync(Data, CancellationToken.None);

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<ClusterFolder> CreateTemplateAsync()
    {
        var folder = new ClusterFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        await using (var cluster = await folder.AcquireAsync())
        {
            // Tests kill hosts, never the machine.
            await AskAsync(cluster.ConnectionString, "ALTER SYSTEM SET fsync = off");
            await AskAsync(cluster.ConnectionString, "ALTER SYSTEM SET full_page_writes = off");
            await TestCluster.MigrateAsync(cluster.ConnectionString);
        }

        await Poll.UntilAsync(() => Task.FromResult(!folder.IsServing));
        return folder;
    }
}
