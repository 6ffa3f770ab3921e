using System.Formats.Tar;
using System.Text.Json;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Backup;

/// <summary>The manifest of a backup.</summary>
/// <param name="Format">The version of the layout.</param>
/// <param name="CreatedAt">When the backup started.</param>
/// <param name="Migration">The latest migration applied to the database.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset CreatedAt, string Migration)
{
    public const int CurrentFormat = 1;
}

/// <summary>
/// A backup: a tar file with a manifest, the output of <c>pg_dump</c>, the certificate, and the email folder. Only its
/// owner can read it.
/// </summary>
internal static class BackupFile
{
    public const string Database = "database.dump";
    public const string Certificate = "certificate.p12";
    public const string Mail = "mail/";

    private const string Manifest = "equaticket.json";

    /// <summary>Writes a new file.</summary>
    public static async Task WriteAsync(
        string path, BackupManifest manifest, BackupContent content, CancellationToken cancellationToken)
    {
        await using var stream = PrivateFiles.Create(path);
        await using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest));
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, Manifest) { DataStream = text }, cancellationToken);
            foreach (var (name, source) in content.Files())
                await tar.WriteEntryAsync(source, name, cancellationToken);
        }

        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="ConfigurationException">The file isn't a backup that this release can read.</exception>
    public static async Task<BackupManifest> ReadManifestAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (name, content) in EntriesAsync(file, cancellationToken))
            {
                if (name != Manifest)
                    break;
                var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(
                    content, cancellationToken: cancellationToken);
                if (manifest is { Format: BackupManifest.CurrentFormat })
                    return manifest;
                throw new ConfigurationException(
                    $"{file} was created by a newer release. Restore it with that release.");
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or EndOfStreamException)
        {
            // Reported below.
        }

        throw new ConfigurationException($"{file} was not created by ./equaticket backup.");
    }

    /// <summary>Enumerates the files of a backup in order. Each stream is valid only until the next one.</summary>
    public static async IAsyncEnumerable<(string Name, Stream Content)> EntriesAsync(
        FileInfo file,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Open(file);
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.DataStream is { } content)
                yield return (entry.Name, content);
        }
    }

    private static FileStream Open(FileInfo file)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {fault.Message}");
        }
    }
}

/// <summary>The locations of the parts of a backup.</summary>
/// <param name="Dump">The database dump.</param>
/// <param name="Certificate">The certificate; null if there is none.</param>
/// <param name="MailFolder">The email folder, which may not exist.</param>
internal sealed record BackupContent(string Dump, string? Certificate, string MailFolder)
{
    /// <returns>The names of the parts in the backup, and their paths on disk.</returns>
    public IEnumerable<(string Name, string Source)> Files()
    {
        yield return (BackupFile.Database, Dump);
        if (Certificate is not null)
            yield return (BackupFile.Certificate, Certificate);
        if (!Directory.Exists(MailFolder))
            yield break;
        foreach (var mail in Directory.EnumerateFiles(MailFolder, "*", SearchOption.AllDirectories))
            yield return (BackupFile.Mail + Path.GetRelativePath(MailFolder, mail), mail);
    }
}
