using Equaticket.Host.EmbeddedPostgres;

namespace Equaticket.Host.Hosting;

/// <summary>
/// The database of this process: the configured one, or the embedded one, started or joined.
/// </summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    private readonly EmbeddedCluster? _cluster;

    private DatabaseAccess(string connectionString, EmbeddedCluster? cluster) =>
        (ConnectionString, _cluster) = (connectionString, cluster);

    /// <summary>Contains a password: never log it.</summary>
    public string ConnectionString { get; }

    public bool IsEmbedded => _cluster is not null;

    /// <summary>Notices for the operator about where the data is.</summary>
    public IReadOnlyList<string> Notices => _cluster?.Notices ?? [];

    /// <param name="configuration">
    /// <c>ConnectionStrings:Equaticket</c> configures an external database; without it the embedded one
    /// is in <c>EQUATICKET_DATA</c>, by default <c>.data</c> in the working folder.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a start.</param>
    /// <exception cref="EmbeddedPostgresException">The embedded database is unavailable.</exception>
    public static async Task<DatabaseAccess> OpenAsync(
        IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("Equaticket") is { Length: > 0 } configured)
            return new DatabaseAccess(configured, cluster: null);
        var cluster = await EmbeddedCluster.AcquireAsync(
            FolderOf(configuration), cancellationToken);
        return new DatabaseAccess(cluster.ConnectionString, cluster);
    }

    /// <returns>The full path of the folder for data that is not stored in the database.</returns>
    public static string FolderOf(IConfiguration configuration) => Path.GetFullPath(
        configuration["EQUATICKET_DATA"] is { Length: > 0 } given ? given : ".data");

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
