using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equaticket.WebhookBench;

/// <summary>The endpoints, in a separate process, so that their CPU time is not counted as the host's.</summary>
internal static class Receiver
{
    public static Process Start() => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Receiver).Assembly.Location, "receive"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

    /// <summary>Prints its URL and responds to every request with 204.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync();
    }
}
