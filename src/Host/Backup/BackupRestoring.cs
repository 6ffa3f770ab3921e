using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;
using Npgsql;

namespace Equaticket.Host.Backup;

/// <summary>Restores a backup into an empty database, or overwrites a database that no server uses.</summary>
internal sealed class BackupRestoring(
    FileInfo file, DatabaseAccess database, IConfiguration configuration, Action<string> say)
{
    private const string Tables =
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')";

    /// <summary>Keeps the schema, because its permissions and default privileges belong to it.</summary>
    private const string DropContents =
        """
        DO $$
        DECLARE drop text;
        BEGIN
          FOR drop IN
            SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
          LOOP EXECUTE drop; END LOOP;
          FOR drop IN
            SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
              AND oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e')
          LOOP EXECUTE drop; END LOOP;
        END $$
        """;

    private const string Users =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'equaticket%'
        """;

    /// <param name="overwrites">Whether to delete the contents of the database.</param>
    /// <param name="cancellationToken">Cancels the restore. The database is then empty or unchanged.</param>
    /// <exception cref="ConfigurationException">
    /// The backup can't be restored. If a check fails first, nothing changes.
    /// </exception>
    public async Task<BackupManifest> RunAsync(bool overwrites, CancellationToken cancellationToken)
    {
        var manifest = await BackupFile.ReadManifestAsync(file, cancellationToken);
        var tools = await PostgresTools.FindAsync(database.DirectConnectionString, cancellationToken);
        await ForDumpAsync(dump => tools.VerifyAsync(dump, cancellationToken), cancellationToken);
        await EmptyAsync(overwrites, cancellationToken);
        await ForDumpAsync(dump => tools.RestoreAsync(dump, say, cancellationToken), cancellationToken);
        await RestoreFilesAsync(cancellationToken);
        return manifest;
    }

    private async Task EmptyAsync(bool overwrites, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.DirectConnectionString);
        await connection.OpenAsync(cancellationToken);
        if (await CountAsync(connection, Users, cancellationToken) > 0)
        {
            throw new ConfigurationException(
                "A server or command is using this database. Stop all of them, then restore again.");
        }

        if (await CountAsync(connection, Tables, cancellationToken) == 0)
            return;
        if (!overwrites)
        {
            throw new ConfigurationException(
                "The database is not empty. Restore into an empty one, or delete its contents with --overwrite.");
        }

        say("Deleting the contents of the database …");
        await using var command = new NpgsqlCommand(DropContents, connection);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ForDumpAsync(Func<Stream, Task> use, CancellationToken cancellationToken)
    {
        await foreach (var (name, content) in BackupFile.EntriesAsync(file, cancellationToken))
        {
            if (name != BackupFile.Database)
                continue;
            await use(content);
            return;
        }

        throw new ConfigurationException($"{file} contains no database.");
    }

    private async Task RestoreFilesAsync(CancellationToken cancellationToken)
    {
        var mail = Path.GetFullPath(BackupPlaces.MailFolder(configuration));
        await foreach (var (name, content) in BackupFile.EntriesAsync(file, cancellationToken))
        {
            if (name == BackupFile.Certificate)
                await RestoreCertificateAsync(content, cancellationToken);
            else if (name.StartsWith(BackupFile.Mail, StringComparison.Ordinal))
                await WriteAsync(Within(mail, name[BackupFile.Mail.Length..]), content, cancellationToken);
        }
    }

    private async Task RestoreCertificateAsync(Stream content, CancellationToken cancellationToken)
    {
        if (BackupPlaces.Certificate(configuration) is not { } path)
        {
            say("The backup contains a certificate. To restore it, set DataProtection__CertificatePath.");
            return;
        }

        if (!File.Exists(path))
        {
            await WriteAsync(path, content, cancellationToken);
            say($"Restored the certificate to {path}.");
        }
    }

    /// <summary>Doesn't overwrite an existing file.</summary>
    private static async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var target = PrivateFiles.Create(path);
        await content.CopyToAsync(target, cancellationToken);
    }

    private string Within(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Join(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ConfigurationException($"{file} contains a file outside its folder: {name}");
    }

    private static async Task<long> CountAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
