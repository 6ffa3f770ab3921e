using Equaticket.Host.EmbeddedPostgres;

namespace Equaticket.Host.Hosting;

/// <summary>
/// The database of this process: the configured one, or the embedded one, started or joined.
/// </summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    /// <summary>What to do if the database denies a permission.</summary>
    public const string RoleHint =
        "The commands migrate, backup, and restore need the role that owns the tables: see \"Database roles\" in "
        + "docs/operating.md.";

    private readonly EmbeddedCluster? _cluster;

    private DatabaseAccess(
        string connectionString, string directConnectionString, string description, EmbeddedCluster? cluster)
    {
        (ConnectionString, DirectConnectionString) = (connectionString, directConnectionString);
        (Description, _cluster) = (description, cluster);
    }

    /// <summary>Contains a password; never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>The same database without a pooler in between. Contains a password, too.</summary>
    public string DirectConnectionString { get; }

    /// <summary>Says which database it is, without the password.</summary>
    public string Description { get; }

    public bool IsEmbedded => _cluster is not null;

    /// <summary>Notices for the operator about the location of the data.</summary>
    public IReadOnlyList<string> Notices => _cluster?.Notices ?? [];

    /// <param name="configuration">
    /// <c>ConnectionStrings:Equaticket</c> configures an external database. Without it, the embedded database
    /// is in <c>EQUATICKET_DATA</c>, by default <c>.data</c> in the working directory.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the server to start.</param>
    /// <exception cref="ConfigurationException">The connection string is invalid.</exception>
    /// <exception cref="EmbeddedPostgresException">The embedded database is unavailable.</exception>
    public static async Task<DatabaseAccess> OpenAsync(
        IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (ConnectionStrings.Read(configuration, "Equaticket") is { } configured)
        {
            var direct = ConnectionStrings.Read(configuration, "EquaticketDirect") ?? configured;
            return new DatabaseAccess(
                configured.ConnectionString, direct.ConnectionString, ConnectionStrings.Describe(configured),
                cluster: null);
        }

        var folder = FolderOf(configuration);
        var cluster = await EmbeddedCluster.AcquireAsync(folder, cancellationToken);
        return new DatabaseAccess(
            cluster.ConnectionString, cluster.ConnectionString, $"the embedded database in {folder}", cluster);
    }

    /// <returns>The full path of the folder for data that is not stored in the database.</returns>
    public static string FolderOf(IConfiguration configuration) => Path.GetFullPath(
        configuration["EQUATICKET_DATA"] is { Length: > 0 } given ? given : ".data");

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
