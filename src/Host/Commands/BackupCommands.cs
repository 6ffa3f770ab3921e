using System.CommandLine;
using Equaticket.Host.Backup;
using Equaticket.Host.Hosting;
using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary>The <c>backup</c> and <c>restore</c> commands.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var (file, json) = (File("The file to write."), CommandOptions.Json());
        var command = new Command(
            "backup",
            "Save the database, the certificate, and the email folder to one file; safe while servers are running.")
        {
            file,
            json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            var configuration = EquaticketServer.CreateBuilder().Configuration;
            await using var database = await CommandHost.OpenDatabaseAsync(configuration, cancellationToken);
            var target = given.GetValue(file)!;
            var manifest = await BackupMaking.RunAsync(
                target, database, configuration, Console.Error.WriteLine, cancellationToken);
            target.Refresh();
            CommandHost.Print(
                given.GetValue(json),
                new { file = target.FullName, bytes = target.Length, manifest.CreatedAt, manifest.Migration },
                $"Saved to {target.FullName} ({target.Length:N0} bytes). Store the certificate's password elsewhere.");
        }));
        return command;
    }

    public static Command Restore()
    {
        var (file, json) = (File("A file created by `backup`."), CommandOptions.Json());
        var overwrite = new Option<bool>("--overwrite")
        {
            Description = "Delete the contents of the database first.",
        };
        var command = new Command(
            "restore",
            "Restore a backup into an empty database, then migrate and check it. Stop all servers first. "
            + "Exits with 1 if the check finds differences.")
        {
            file,
            overwrite,
            json,
        };
        command.SetAction(async (given, cancellationToken) =>
        {
            var differences = 0;
            var exitCode = await CommandHost.ReportAsync(async () => differences = await RestoreAsync(
                given.GetValue(file)!, given.GetValue(overwrite), given.GetValue(json), cancellationToken));
            return exitCode == 0 && differences > 0 ? CheckCommand.HasDifferences : exitCode;
        });
        return command;
    }

    private static async Task<int> RestoreAsync(
        FileInfo file, bool overwrites, bool asJson, CancellationToken cancellationToken)
    {
        var configuration = EquaticketServer.CreateBuilder().Configuration;
        await using var database = await CommandHost.OpenDatabaseAsync(configuration, cancellationToken);
        var manifest = await new BackupRestoring(file, database, configuration, Console.Error.WriteLine)
            .RunAsync(overwrites, cancellationToken);
        await CommandHost.MigrationsOf(database).ApplyAsync(cancellationToken);
        await using var services = CommandHost.Services(database.ConnectionString, configuration);
        await services.GetRequiredService<SecretsCheck>().RunAsync(cancellationToken);
        var report = new RestoreReport();
        var differences = await CheckCommand.RunAsync(
            services.GetRequiredService<ConsistencyCheck>(), report, cancellationToken);
        CommandHost.Print(
            asJson,
            new { manifest.CreatedAt, manifest.Migration, differences, report.Organizations },
            $"Restored the backup of {manifest.CreatedAt:u}. {CheckReport.Summary(differences, report.Organizations)}");
        return differences;
    }

    private static Argument<FileInfo> File(string description) => new("FILE") { Description = description };

    /// <summary>Writes differences to standard error, since standard output is for the result.</summary>
    private sealed class RestoreReport : CheckReport
    {
        public int Organizations { get; private set; }

        protected override void Write(Difference difference) =>
            Console.Error.WriteLine(CommandHost.ToJson(difference));

        protected override void WriteEnd(int organizations) => Organizations = organizations;
    }
}
