using System.CommandLine;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Commands;

/// <summary><c>migrate</c>.</summary>
internal static class MaintenanceCommands
{
    public static Command Migrate()
    {
        var json = CommandOptions.Json();
        var command = new Command(
            "migrate", "Bring the database to the newest form. `serve` does so by itself.")
        {
            json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.RunAsync(
            async (services, token) =>
            {
                // The command's host has applied what was pending; nothing is left to do.
                var pending = await Migrations.ApplyAsync(services, token);
                CommandHost.Print(
                    given.GetValue(json), new { applied = pending }, "The database is up to date.");
            },
            cancellationToken));
        return command;
    }
}
