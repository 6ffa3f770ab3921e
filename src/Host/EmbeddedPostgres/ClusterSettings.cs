using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The settings of a new cluster. The port is chosen at each start.</summary>
internal static class ClusterSettings
{
    private const string Text = """

        # Equaticket: reached by password on loopback alone.
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        ssl = off
        max_connections = 200

        # Equaticket: what was acknowledged survives a crash.
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        # Equaticket: short queries, quiet log.
        jit = off
        log_checkpoints = off
        log_line_prefix = '%m [%p] '

        """;

    public static void AppendTo(string configuration)
    {
        using var file = new FileStream(configuration, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(Text));
        file.Flush(flushToDisk: true);
    }
}
