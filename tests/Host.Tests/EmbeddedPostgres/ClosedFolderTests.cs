namespace Equaticket.Host.Tests.EmbeddedPostgres;

[Trait("Category", "Heavy")]
public sealed class ClosedFolderTests
{
    [RootFact]
    public async Task A_cluster_is_created_elsewhere_and_found_again_if_its_server_cannot_access_the_folder()
    {
        using var folder = ClusterFolder.Closed();
        var cluster = "";
        try
        {
            await using (var first = await folder.AcquireAsync())
            {
                cluster = await FolderOfAsync(first.ConnectionString);
                Assert.StartsWith("/var/lib/equaticket/", cluster, StringComparison.Ordinal);
                Assert.Contains(
                    first.Notices, notice => notice.Contains(cluster, StringComparison.Ordinal));
            }

            await using var second = await folder.AcquireAsync();
            Assert.Equal(cluster, await FolderOfAsync(second.ConnectionString));
        }
        finally
        {
            if (cluster.Length > 0)
                Directory.GetParent(cluster)!.Delete(recursive: true);
        }
    }

    private static async Task<string> FolderOfAsync(string connectionString) =>
        (string)(await ClusterFolder.AskAsync(
            connectionString, "SELECT current_setting('data_directory')"))!;
}
