using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;
using Equaticket.Persistence;
using Equaticket.Schema.Emails;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Backup;

/// <summary>Creates a backup while servers run. The database dump is a consistent snapshot.</summary>
internal static class BackupMaking
{
    /// <exception cref="ConfigurationException">The backup can't be created.</exception>
    public static async Task<BackupManifest> RunAsync(
        FileInfo file,
        DatabaseAccess database,
        IConfiguration configuration,
        Action<string> say,
        CancellationToken cancellationToken)
    {
        RequireNew(file);
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, TimeProvider.System.GetUtcNow(),
            await NewestMigrationAsync(database, cancellationToken));
        // A random name is no other file's, and a file with the final name is always complete.
        var part = $"{file.FullName}.{Path.GetRandomFileName()}";
        var dump = $"{part}.dump";
        try
        {
            var tools = await PostgresTools.FindAsync(database.DirectConnectionString, cancellationToken);
            await PrivateFiles.Create(dump).DisposeAsync();
            await tools.DumpAsync(dump, say, cancellationToken);
            var certificate = BackupPlaces.Certificate(configuration);
            if (certificate is null && await NeedsCertificateAsync(database, cancellationToken))
            {
                say("The backup doesn't contain the certificate that decrypts its secrets, because "
                    + "DataProtection__CertificatePath is not set. Set it, or keep a copy of the certificate.");
            }

            var content = new BackupContent(dump, certificate, BackupPlaces.MailFolder(configuration));
            await BackupFile.WriteAsync(part, manifest, content, cancellationToken);
            File.Move(part, file.FullName);
            return manifest;
        }
        finally
        {
            File.Delete(dump);
            File.Delete(part);
        }
    }

    private static void RequireNew(FileInfo file)
    {
        if (file.Exists)
            throw new ConfigurationException($"{file} already exists. Choose another name, or delete it first.");
        if (file.Directory is { Exists: false } folder)
            throw new ConfigurationException($"The folder {folder.FullName} does not exist. Create it first.");
    }

    /// <returns>Whether a certificate encrypts the keys in the database.</returns>
    private static async Task<bool> NeedsCertificateAsync(
        DatabaseAccess database, CancellationToken cancellationToken)
    {
        await using var context = PersistenceServices.Connect(database.DirectConnectionString);
        return await context.DataProtectionKeys.AnyAsync(
            key => key.Xml!.Contains("X509Certificate"), cancellationToken);
    }

    private static async Task<string> NewestMigrationAsync(
        DatabaseAccess database, CancellationToken cancellationToken)
    {
        await using var context = PersistenceServices.Connect(database.DirectConnectionString);
        return (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault()
            ?? throw new ConfigurationException("The database is empty: there is nothing to back up.");
    }
}

/// <summary>The files that a host stores outside the database.</summary>
internal static class BackupPlaces
{
    /// <returns>The path of the certificate; null if none is configured.</returns>
    public static string? Certificate(IConfiguration configuration) =>
        configuration["DataProtection:CertificatePath"] is { Length: > 0 } path ? path : null;

    public static string MailFolder(IConfiguration configuration) =>
        configuration[$"{EmailOptions.Section}:Folder"] is { Length: > 0 } folder
            ? folder
            : Path.Join(DatabaseAccess.FolderOf(configuration), "mail");
}
