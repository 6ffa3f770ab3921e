using System.CommandLine;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Commands;

/// <summary><c>db upgrade</c>.</summary>
internal static class DatabaseCommands
{
    public static Command Create() => new("db", "Manage the embedded database.") { Upgrade() };

    private static Command Upgrade()
    {
        var json = CommandOptions.Json();
        var old = CommandOptions.Text(
            "--old-bin", "The bin folder of the version that the database uses now.", required: false);
        var command = new Command(
            "upgrade",
            "Move the embedded database to the newest PostgreSQL version that is installed, and keep the old one. Stop "
            + "the server first. Safe to interrupt.")
        {
            old,
            json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            var configuration = EquaticketServer.CreateBuilder().Configuration;
            if (ConnectionStrings.Read(configuration, "Equaticket") is not null)
            {
                throw new ConfigurationException(
                    "ConnectionStrings__Equaticket names a database of your own: upgrade its server instead.");
            }

            var folder = DatabaseAccess.FolderOf(configuration);
            Console.Error.WriteLine($"Using the embedded database in {folder}.");
            var (from, to, kept) = await EmbeddedPostgres.EmbeddedCluster.UpgradeAsync(
                folder, given.GetValue(old), Console.Error.WriteLine, cancellationToken);
            CommandHost.Print(
                given.GetValue(json), new { from, to, kept },
                $"The database uses PostgreSQL {to}. The one of PostgreSQL {from} is kept in {kept}; remove it once you "
                + "are sure that you don't need it.");
        }));
        return command;
    }
}
