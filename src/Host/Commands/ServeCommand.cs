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
        var command = new Command("serve", "Serve the API (default).") { demo };
        command.SetAction((given, cancellationToken) => RunAsync(
            given.GetValue(demo), cancellationToken));
        return command;
    }

    public static Task<int> RunAsync(bool wantsDemo, CancellationToken cancellationToken) =>
        CommandHost.ReportAsync(async () =>
        {
            var configuration = EquaticketServer.CreateBuilder().Configuration;
            await using var database = await DatabaseAccess.OpenAsync(
                configuration, cancellationToken);
            await using var app = EquaticketServer.Build(
                database.ConnectionString,
                builder =>
                {
                    builder.WrapStoredSecrets(isOwnDatabase: !database.IsEmbedded);
                    builder.Services.AddSingleton<DemoData>().AddSingleton<DemoEvents>();
                });
            await Migrations.ApplyAsync(app.Services, cancellationToken);
            await StartAsync(app, cancellationToken);
            // Its keys are shown only once, so everything that may fail on start comes first.
            var access = wantsDemo || AllowsDemo(database, configuration)
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
            // Otherwise stopping the services already started would be logged as failures.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Demo keys must never give access to an external database, or to a port that others can reach.</summary>
    private static bool AllowsDemo(DatabaseAccess database, IConfiguration configuration) =>
        database.IsEmbedded
        && EquaticketServer.ListenUrls(configuration).All(url =>
            Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback);
}
