using System.CommandLine;
using Equaticket.Host.Hosting;
using Equaticket.Schema;
using GraphQL.Types;

namespace Equaticket.Host.Commands;

/// <summary><c>migrate</c> and <c>schema export</c>.</summary>
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

    public static Command Schema() => new("schema", "Work with the GraphQL schema.") { Export() };

    private static Command Export()
    {
        var file = new Argument<FileInfo?>("FILE")
        {
            Description = "Where to write it; printed when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = CommandOptions.Json();
        var command = new Command("export", "Print the schema in GraphQL's language.") { file, json };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            await using var services = new ServiceCollection()
                .AddLogging().AddEquaticket(connectionString: "").BuildServiceProvider();
            var text = SchemaText.Print(services.GetRequiredService<ISchema>());
            if (given.GetValue(file) is not { } target)
            {
                CommandHost.Print(given.GetValue(json), new { schema = text }, text.TrimEnd());
                return;
            }

            await File.WriteAllTextAsync(target.FullName, text, cancellationToken);
            CommandHost.Print(
                given.GetValue(json), new { file = target.FullName }, $"Written to {target}.");
        }));
        return command;
    }
}
