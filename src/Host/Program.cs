using System.CommandLine;
using Equaticket.Host.Commands;

var root = new RootCommand("Equaticket: sell tickets through REST and GraphQL.")
{
    ServeCommand.Create(),
    MaintenanceCommands.Migrate(),
    ExportCommands.Schema(),
    ExportCommands.OpenApi(),
    OrganizationCommands.Create(),
    UserCommands.Create(),
    KeyCommands.Create(),
    SecretCommands.Create(),
    RequestCommands.Create(),
    CheckCommand.Create(),
    BackupCommands.Backup(),
    BackupCommands.Restore(),
    DatabaseCommands.Create(),
    WebhookCommands.Create(),
};
root.SetAction((_, cancellationToken) =>
    ServeCommand.RunAsync(wantsDemo: false, keepsSchema: false, cancellationToken));

// The web server handles Ctrl-C and SIGTERM; a second handler would cut its shutdown short.
var given = root.Parse(args);
var exitCode = await given.InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = null });
return given.Errors.Count > 0 ? SchemaCommands.Mistyped(given, exitCode) : exitCode;
