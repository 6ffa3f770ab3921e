using System.CommandLine;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Commands;

/// <summary><c>requests find</c>: finds a request for support.</summary>
internal static class RequestCommands
{
    public static Command Create() => new("requests", "Look up requests.") { Find() };

    private static Command Find()
    {
        var requestId = new Argument<string>("REQ_ID")
        {
            Description = "The X-Request-Id of the answer.",
        };
        var json = CommandOptions.Json();
        var command = new Command("find", "Find requests of the last 30 days by id.")
        {
            requestId, json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.RunAsync(
            async (services, token) => await PrintAsync(
                services, given.GetRequiredValue(requestId), given.GetValue(json), token),
            cancellationToken));
        return command;
    }

    private static async Task PrintAsync(
        IServiceProvider services, string requestId, bool asJson, CancellationToken token)
    {
        await using var database = services.GetRequiredService<TenantContexts>().Lease(null);
        var found = await database.ApiRequests.IgnoreQueryFilters()
            .Where(request => request.RequestId == requestId)
            .OrderByDescending(request => request.Id).Take(100)
            .ToListAsync(token);
        if (found.Count == 0 && !asJson)
            Console.WriteLine("No request in the last 30 days has this id.");
        foreach (var request in found)
        {
            var time = Rfc3339.Write(request.CreatedAt);
            CommandHost.Print(asJson, request, $"{time}  {request.Method} {request.Path}  "
                + $"{request.Status} {request.ErrorCode}  {request.DurationMs} ms  "
                + $"key {request.ApiKeyId}  {request.Address}  {request.UserAgent}");
        }
    }
}
