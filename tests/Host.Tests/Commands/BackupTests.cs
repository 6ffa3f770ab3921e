using System.Security.Cryptography.X509Certificates;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.Commands;

/// <summary>Backs up a database in use and restores it elsewhere, with PostgreSQL's programs.</summary>
[Trait("Category", "Heavy")]
public sealed class BackupTests(SavedSales saved) : IClassFixture<SavedSales>
{
    [Fact]
    public void A_backup_shows_its_progress_and_only_its_owner_can_read_it()
    {
        Assert.Equal(0, saved.Saving.ExitCode);
        Assert.Contains("Saving public.orders …", saved.Saving.Errors, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(saved.File).Length, (long)saved.Saving.Json["bytes"]!);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(saved.File));
        Assert.Equal([Path.GetFileName(saved.File)], Directory.EnumerateFiles(saved.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_restore_recovers_rows_certificate_and_mail_and_checks_them()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        var restored = await saved.RunAsync($"restore {saved.File} --json", database, "elsewhere");
        Assert.Equal((0, restored.Errors), (restored.ExitCode, restored.Errors));
        Assert.Contains("Loading public.orders …", restored.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 1), ((int)restored.Json["differences"]!, (int)restored.Json["organizations"]!));
        Assert.Equal(
            await File.ReadAllBytesAsync(saved.CertificateIn("original")),
            await File.ReadAllBytesAsync(saved.CertificateIn("elsewhere")));
        Assert.Equal("hello", await File.ReadAllTextAsync(saved.MailIn("elsewhere")));
        Assert.Equal(await CountsAsync(saved.Database), await CountsAsync(database));

        var refused = await saved.RunHereAsync($"restore {saved.File}", database, "elsewhere");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("The database is not empty.", refused.Errors, StringComparison.Ordinal);
        await ClusterFolder.AskAsync(database, "UPDATE ticket_types SET quantity_sold = quantity_sold + 1");
        await ClusterFolder.AskAsync(database, "GRANT CREATE ON SCHEMA public TO pg_monitor");
        var again = await saved.RunAsync($"restore {saved.File} --overwrite", database, "elsewhere");
        Assert.Equal((0, again.Errors), (again.ExitCode, again.Errors));
        Assert.Equal(await CountsAsync(saved.Database), await CountsAsync(database));
        Assert.Equal(
            true, await ClusterFolder.AskAsync(database, "SELECT has_schema_privilege('pg_monitor', 'public', 'CREATE')"));
    }

    [Fact]
    public async Task A_backup_without_the_certificate_of_its_secrets_says_so()
    {
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        var file = Path.Join(saved.Folder, "..", "without-certificate.tar");
        var plain = await saved.RunHereAsync($"backup {file}.plain", database, machine: null);
        Assert.Equal(0, plain.ExitCode);
        Assert.DoesNotContain("certificate", plain.Errors, StringComparison.Ordinal);
        await ClusterFolder.AskAsync(
            database, "INSERT INTO data_protection_keys (xml) VALUES ('<key><X509Certificate /></key>')");
        var warned = await saved.RunHereAsync($"backup {file}", database, machine: null);
        Assert.Equal(0, warned.ExitCode);
        Assert.Contains("DataProtection__CertificatePath is not set.", warned.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_leaves_the_files_beside_it_alone()
    {
        var file = Path.Join(saved.Folder, "..", "beside-others.tar");
        string[] others = [$"{file}.dump", $"{file}.part"];
        foreach (var other in others)
            await File.WriteAllTextAsync(other, "mine");
        var saving = await saved.RunHereAsync($"backup {file}", saved.Database, machine: null);
        Assert.Equal(0, saving.ExitCode);
        foreach (var other in others)
            Assert.Equal("mine", await File.ReadAllTextAsync(other));
    }

    [Fact]
    public async Task A_file_that_is_not_a_backup_or_already_exists_is_refused_before_anything_changes()
    {
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        var text = Path.Join(Path.GetDirectoryName(saved.CertificateIn("original")), "text");
        await File.WriteAllTextAsync(text, new string('x', 2000));
        var refused = await saved.RunHereAsync($"restore {text} --overwrite", database, "elsewhere");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("was not created by ./equaticket backup.", refused.Errors, StringComparison.Ordinal);
        await CountsAsync(database);
        var exists = await saved.RunHereAsync($"backup {saved.File}", saved.Database, "original");
        Assert.Equal(1, exists.ExitCode);
        Assert.Contains("exists. Choose another name", exists.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_a_server_uses_is_not_overwritten()
    {
        var before = await CountsAsync(saved.Database);
        var refused = await saved.RunHereAsync($"restore {saved.File} --overwrite", saved.Database, "original");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("A server or command is using this database.", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await CountsAsync(saved.Database));
    }

    private static Task<object?> CountsAsync(string database) => ClusterFolder.AskAsync(
        database,
        """
        SELECT format('%s %s %s %s', (SELECT count(*) FROM orders), (SELECT count(*) FROM attendees),
            (SELECT sum(quantity_sold) FROM ticket_types), (SELECT count(*) FROM webhook_events))
        """);
}

/// <summary>A host that sells tickets, with a backup of its database that was taken in the meantime.</summary>
public sealed class SavedSales : IAsyncLifetime
{
    private const string Password = "certificate password";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("equaticket-backup-");
    private TestHost _host = null!;

    public string Folder => Path.Join(_root.FullName, "backups");

    public string File => Path.Join(Folder, "backup.tar");

    public string Database => _host.ConnectionString;

    internal Outcome Saving { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        var org = await _host.CreateOrganizationAsync();
        var eventId = await org.Live.CreateEventAsync();
        var ticketTypeId = await org.Live.CreateTicketTypeAsync(eventId, price: 0);
        await org.Live.PostAsync($"/api/v1/events/{eventId}/publish");
        await _host.SellAsync(org.Live, eventId, ticketTypeId, (3, "Ada Lovelace", "ada@example.com"));
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(MailIn("original"))!);
        await System.IO.File.WriteAllTextAsync(MailIn("original"), "hello");
        using var certificate = SelfSigned.CertificateFor("equaticket");
        await System.IO.File.WriteAllBytesAsync(
            CertificateIn("original"), certificate.Export(X509ContentType.Pkcs12, Password));
        Saving = await RunAsync($"backup {File} --json", Database, "original");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _root.Delete(recursive: true);
    }

    public string CertificateIn(string machine) => Path.Join(_root.FullName, $"{machine}.p12");

    public string MailIn(string machine) => Path.Join(_root.FullName, machine, "mail", "1.eml");

    internal Task<Outcome> RunAsync(string words, string database, string machine) =>
        HostProgram.RunAsync(FolderOf(machine), words, Settings(database, machine));

    /// <summary>Runs a command in this process.</summary>
    /// <param name="words">The command and its options.</param>
    /// <param name="database">The database.</param>
    /// <param name="machine">The machine, which has a certificate; null for one without.</param>
    internal Task<Outcome> RunHereAsync(string words, string database, string? machine) =>
        HostProgram.RunHereAsync(
            words,
            [.. machine is null ? [Connection(database)] : Settings(database, machine),
                ("EQUATICKET_DATA", FolderOf(machine ?? "plain"))]);

    private string FolderOf(string machine) => Path.Join(_root.FullName, machine);

    private static (string Name, string Value) Connection(string database) =>
        ("ConnectionStrings__Equaticket", new NpgsqlConnectionStringBuilder(database).ConnectionString);

    private (string Name, string Value)[] Settings(string database, string machine) =>
    [
        Connection(database),
        ("DataProtection__CertificatePath", CertificateIn(machine)),
        ("DataProtection__CertificatePassword", Password),
    ];
}
