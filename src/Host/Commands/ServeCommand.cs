using System.CommandLine;
using Equaticket.Host.Demo;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Commands;

/// <summary><c>serve</c>, the default command.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var demo = new Option<bool>("--demo")
        {
            Description = "Create the demo organization in an empty database, embedded or not.",
        };
        var noMigrate = new Option<bool>("--no-migrate")
        {
            Description =
                "Leave the schema unchanged. Start only if the schema is that of this release or the next one.",
        };
        var command = new Command("serve", "Serve the API (default).") { demo, noMigrate };
        command.SetAction((given, cancellationToken) => RunAsync(
            given.GetValue(demo), given.GetValue(noMigrate), cancellationToken));
        return command;
    }

    public static Task<int> RunAsync(bool wantsDemo, bool keepsSchema, CancellationToken cancellationToken) =>
        CommandHost.ReportAsync(async () =>
        {
            var configuration = EquaticketServer.CreateBuilder().Configuration;
            await using var database = await CommandHost.OpenDatabaseAsync(configuration, cancellationToken);
            var migrations = CommandHost.MigrationsOf(database);
            // This changes nothing, so it can run before the settings of the server are known to be valid.
            var areApplied = Task.Run(() => migrations.AreAppliedAsync(cancellationToken), cancellationToken);
            await using var app = EquaticketServer.Build(
                database.ConnectionString,
                builder =>
                {
                    builder.RequireCertificate(isOwnDatabase: !database.IsEmbedded);
                    builder.RequirePublicUrl(isOwnDatabase: !database.IsEmbedded);
                    builder.Services.WrapStoredSecrets(builder.Configuration);
                    builder.AddWarmUp();
                    builder.Services.AddSingleton<DemoData>().AddSingleton<DemoEvents>();
                });
            if (!await areApplied)
            {
                await (keepsSchema
                    ? migrations.RequireUsableAsync(cancellationToken)
                    : migrations.ApplyAsync(cancellationToken));
            }

            await app.Services.GetRequiredService<SecretsCheck>().RunAsync(cancellationToken);
            await StartAsync(app, cancellationToken);
            // The demo keys are shown only once, so everything that may fail at startup comes first.
            // Demo access must not be added to an external database, or exposed on a port that others can reach.
            var access = wantsDemo || (database.IsEmbedded && Listeners.AreLoopback(app.Urls))
                ? await app.Services.GetRequiredService<DemoData>()
                    .CreateOnFirstStartAsync(cancellationToken)
                : null;
            Welcome.Print(app.Urls, database.Notices, access);
            await app.WaitForShutdownAsync(cancellationToken);
        });

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // Otherwise, stopping the services already started would be logged as failures.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }
}
