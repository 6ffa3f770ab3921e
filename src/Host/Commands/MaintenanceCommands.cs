using System.CommandLine;

namespace Equaticket.Host.Commands;

/// <summary><c>migrate</c>.</summary>
internal static class MaintenanceCommands
{
    public static Command Migrate()
    {
        var json = CommandOptions.Json();
        var command = new Command(
            "migrate",
            "Apply pending migrations; safe while servers are running, and for several processes to run concurrently. "
            + "`serve` does this when it starts, unless it has --no-migrate.")
        {
            json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.RunAsync(
            (_, applied, _) =>
            {
                CommandHost.Print(
                    given.GetValue(json), new { applied }, "The database is up to date.");
                return Task.CompletedTask;
            },
            cancellationToken));
        return command;
    }
}
