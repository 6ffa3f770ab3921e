using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equaticket.WebhookBench;

/// <summary>The endpoints, in a process of their own, so that their cost is not the host's.</summary>
internal static class Receiver
{
    public static Process Start() => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Receiver).Assembly.Location, "receive"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

    /// <summary>Prints its address and answers 204 to everything.</summary>
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
